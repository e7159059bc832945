"""Reading articles again: were they changed, corrected or taken down since they were checked?"""

from __future__ import annotations
