# syntax=docker/dockerfile:1
# Two stages: the wheel is built in the first, so that the image holds no source tree, no compiler and no test library.
FROM python:3.13-slim AS build
WORKDIR /source
COPY . .
RUN python -m pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/onrecord --shell /usr/sbin/nologin onrecord
COPY requirements-runtime.lock /opt/onrecord/
RUN python -m pip install --require-hashes -r /opt/onrecord/requirements-runtime.lock
COPY --from=build /wheels /opt/onrecord/wheels
RUN python -m pip install --no-deps /opt/onrecord/wheels/*.whl
USER onrecord
WORKDIR /var/lib/onrecord
VOLUME /var/lib/onrecord
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health', timeout=4)"]
# In a container the server has to listen on every interface; compose.yaml publishes it on loopback only.
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--access-logfile", "-", "web.wsgi:app"]
