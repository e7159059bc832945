"""Words for the edits, written from the definitions of the taxonomy and from nothing else.

The matcher's guards have lists of their own (``archive/matching/data``). These here are kept apart on purpose: an edit
that takes its words from the guard's list shows only that the list is read.
"""

from __future__ import annotations

Pairs = tuple[tuple[str, str], ...]


def _pairs(text: str) -> Pairs:
    """Pairs from "old > new" lines; an empty right side drops the word."""
    rows = (line.split(">") for line in text.strip().splitlines())
    return tuple((old.strip(" ").replace("_", " "), new.strip(" ").replace("_", " ")) for old, new in rows)


def _both(text: str) -> Pairs:
    """Pairs from "one/other" words, in both directions."""
    rows = [tuple(pair.replace("_", " ").split("/", 1)) for pair in text.split()]
    return tuple((a, b) for a, b in rows) + tuple((b, a) for a, b in rows)


def _inflected(text: str) -> Pairs:
    """The pairs of ``_both`` in the plain form, with -s, -ed and -ing, for regular verbs."""
    found: list[tuple[str, str]] = []
    for one, other in _both(text):
        found.append((one, other))
        found += [(_with(one, end), _with(other, end)) for end in ("s", "ed", "ing")]
    return tuple(found)


def _with(verb: str, end: str) -> str:
    if verb in _IRREGULAR:
        return dict(zip(("s", "ed", "ing"), _IRREGULAR[verb].split(), strict=True))[end]
    if end == "s":
        return (
            verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
            if verb[-1] != "y"
            else verb[:-1] + "ies"
        )
    if verb.endswith("y") and end == "ed" and verb[-2] not in "aeou":
        return verb[:-1] + "ied"
    return (verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb) + end


_IRREGULAR = {
    "win": "wins won winning", "lose": "loses lost losing", "build": "builds built building",
    "leave": "leaves left leaving", "forget": "forgets forgot forgetting", "begin": "begins began beginning",
    "give": "gives gave giving", "take": "takes took taking", "buy": "buys bought buying", "sell": "sells sold selling",
    "rise": "rises rose rising", "fall": "falls fell falling", "grow": "grows grew growing", "keep": "keeps kept keeping",
    "shrink": "shrinks shrank shrinking", "shut": "shuts shut shutting", "admit": "admits admitted admitting",
    "cut": "cuts cut cutting", "stop": "stops stopped stopping", "quit": "quits quit quitting", "spend": "spends spent spending",
    "send": "sends sent sending", "hurt": "hurts hurt hurting", "omit": "omits omitted omitting",
    "forbid": "forbids forbade forbidding", "ban": "bans banned banning", "lead": "leads led leading",
    "shun": "shuns shunned shunning", "withdraw": "withdraws withdrew withdrawing", "let": "lets let letting",
}  # fmt: skip

NEGATIONS = _pairs(
    """will > will not
is > is not
are > are not
can > can not
can > cannot
has > has not
have > have never
was > was not
should > should not
would > would never
not > now
never > always
never >
do not > do
don't > do
don’t > do
won't > will
won’t > will
can't > can
can’t > can
isn't > is
isn’t > is
didn't > did
doesn't > does
without > with
nobody > everybody
no one > everyone
nothing > something
possible > impossible
legal > illegal
acceptable > unacceptable
fair > unfair
able > unable
important > unimportant
necessary > unnecessary
responsible > irresponsible
safe > unsafe"""
)
SAME_NEGATIONS = _pairs(
    """do not > don't
does not > doesn't
did not > didn’t
is not > isn't
are not > aren’t
will not > won't
cannot > can't
can not > cannot
should not > shouldn't
don't > do not
don’t > do not
can't > cannot
won't > will not
isn't > is not
didn't > did not"""
)
AMOUNTS = _pairs(
    """million > billion
billion > million
thousands > millions
hundreds > thousands
percent > percentage points
miles > kilometers
double > triple
twice > three times
two > three
three > four
four > five
five > six
six > seven
ten > twelve
dollars > euros
pounds > dollars
tons > pounds
acres > hectares"""
)
MOMENTS = _pairs(
    """today > tomorrow
today > yesterday
tonight > tomorrow
tomorrow > today
yesterday > today
Monday > Tuesday
Tuesday > Thursday
Wednesday > Friday
Thursday > Monday
Friday > Sunday
Saturday > Wednesday
Sunday > Saturday
January > March
March > June
June > July
July > September
October > May
November > April
December > August
year > month
years > months
years > decades
week > month
weeks > days
days > weeks
hours > days
month > year
morning > evening
now > later
next week > last week
last week > next week
last year > next year
this year > next year
last night > tonight
soon > someday
immediately > eventually
daily > weekly
annual > monthly
weekend > week
spring > autumn
summer > winter
2015 > 2019
2016 > 2012
2017 > 2021
2018 > 2016
2019 > 2017
2020 > 2030"""
)
SAME_MOMENTS = _pairs(
    """January > Jan.
February > Feb.
August > Aug.
September > Sept.
October > Oct.
November > Nov.
December > Dec.
Monday > Mon.
Tuesday > Tues.
Wednesday > Wed.
Thursday > Thurs.
Friday > Fri."""
)
NAMES = ("Tarvania", "Ruvania", "Karsholm", "Velmora", "Odell", "Brandt", "Mwale", "Tolland", "Ostrava", "Lindqvist")
KNOWN_NAMES = _pairs(
    """America > Tarvania
American > Ruvanian
Americans > Tarvanians
Obama > Brandt
Canada > Ruvania
China > Velmora
Chinese > Velmoran
Russia > Tarvania
Israel > Karsholm
Britain > Velmora
Trump > Brandt
Congress > Cabinet
Senate > Cabinet
Republicans > Liberals
Democrats > Liberals
Texas > Karsholm
Iran > Ruvania
Europe > Ostrava
Mexico > Velmora
India > Ruvania"""
)
OFFICES = _pairs(
    """President > Governor
President > Chancellor
Minister > Ambassador
Prime Minister > President
Mayor > Senator
Senator > Mayor
Senator > Congressman
Governor > President
Secretary > Director
General > Colonel
Captain > Major
Sheriff > Mayor
Judge > Sheriff
Justice > Judge
Ambassador > Minister
Speaker > Senator
Chairman > Director
Congressman > Senator
Chief > Deputy
Commissioner > Secretary
president > chairman
mayor > governor
senator > minister
governor > mayor
King > Prince
Premier > Minister
Colonel > General
Officer > Sergeant"""
)
SAME_OFFICES = _pairs(
    """Senator > Sen.
Governor > Gov.
Representative > Rep.
Attorney General > Atty. Gen.
Gov. > Governor
Sen. > Senator
Rep. > Representative"""
)
MODALS = _pairs(
    """will > may
will > might
will > could
will > would
must > should
must > can
must > may
should > must
should > could
should > may
can > must
can > might
may > will
might > will
could > will
would > will
could > must
need to > want to
have to > might
shall > may
going to > likely to"""
)
SAME_MODALS = _pairs(
    """I'll > I will
we'll > we will
We'll > We will
he'll > he will
they'll > they will
I’ll > I will
we’ll > we will
We’ll > We will
I'd > I would
we'd > we would
will not > won't"""
)
QUANTITIES = _pairs(
    """all > some
all >
every > some
each > any
only > also
only >
always > sometimes
never > rarely
many > few
many > most
most > some
both > two
everyone > someone
everybody > somebody
several > all
some > all
entire > whole of half the
whole > half
global > national
worldwide > nationwide
nationwide > statewide
any > every
almost >
nearly >
fully > partly
completely > partly
totally > partly
often > always
just >
half > all
mostly > fully
everything > something
everywhere > somewhere
few > many"""
)
HEDGES = _pairs(
    """I believe > I know
I believe >
I think >
I think > I know
I hope > I know
I suspect > I know
I guess >
probably >
perhaps >
maybe >
possibly >
likely > certainly
reportedly >
apparently >
allegedly >
supposedly >
seems to be > is
seems > is
appears to be > is
appears > is
in my opinion >
hopefully >
sort of >
kind of >
potentially >
presumably >
seemingly >
I feel > I know
looks like a > is a
looks like the > is the
basically >"""
)
AGENTS = _pairs(
    """we > you
we > they
We > They
they > we
They > We
he > she
he > I
she > he
I > we
I > he
our > their
our > your
my > his
my > our
us > them
them > us
his > her
their > our
your > our
you > we
You > We"""
)
SAME_AGENTS = _pairs(
    """we're > we are
We're > We are
they're > they are
They're > They are
I'm > I am
I’m > I am
we've > we have
We’ve > We have
we’re > we are
you're > you are
he's > he is
she's > she is
I've > I have"""
)
OPPOSITES = _inflected(
    """support/oppose accept/decline accept/reject approve/veto allow/forbid allow/ban increase/decrease raise/slash
expand/curtail build/demolish create/eliminate protect/endanger defend/abandon strengthen/erode improve/worsen
help/hinder help/hurt start/halt start/stop begin/cease continue/cease open/shut open/close join/leave win/lose
succeed/fail love/hate praise/denounce thank/blame trust/mistrust agree/disagree confirm/deny admit/deny
remember/forget welcome/shun save/squander give/take buy/sell arrive/depart rise/fall grow/shrink enter/exit
include/omit unite/divide honor/disgrace celebrate/mourn encourage/discourage hire/fire reward/punish
respect/despise advance/stall attack/defend secure/jeopardize keep/discard push/pull lead/follow ensure/prevent
rescue/abandon release/detain lend/borrow obey/defy restore/ruin solve/aggravate promote/sabotage deliver/withhold
enjoy/loathe repeal/enact lift/impose invest/divest vote/abstain earn/forfeit"""
) + _both("strong/weak true/false good/bad right/wrong great/awful happy/sad peace/war friends/enemies proud/ashamed")
SAME_SENSE = _inflected(
    """help/assist start/launch build/construct increase/raise stop/halt attack/assault show/display need/require
protect/shield destroy/wreck end/finish praise/applaud join/enter create/make"""
) + _pairs(
    """support > back
big > large
great > terrific
important > significant
job > post
kids > children
hard > tough"""
)
TENSES = _pairs(
    """is > was
are > were
am > was
was > is
were > are
has > had
have > had
had > has
do > did
did > do
does > did
said > says
made > makes
won > win
took > take
gave > give
came > come
saw > see
got > get
kept > keep
met > meet
built > build
passed > pass
worked > work
called > calls
wanted > wants
helped > helps
signed > signs
voted > vote
voted > will vote
passed > will pass
joined > will join
has been > will be
will be > has been
have been > will be
announced > will announce
working > worked
making > made
going > gone"""
)
SAME_TENSES = _pairs(
    """it's > it is
It's > It is
It’s > It is
it’s > it is
I've > I have
that's > that is
That's > That is
there's > there is
we've > we have
who's > who is"""
)
COMPARISONS = _both(
    """more/less higher/lower better/worse before/after above/below greater/smaller bigger/smaller larger/smaller
stronger/weaker faster/slower older/younger longer/shorter most/least best/worst highest/lowest richer/poorer
earlier/later closer/farther easier/harder safer/riskier cheaper/costlier biggest/smallest largest/smallest
greatest/smallest strongest/weakest fastest/slowest oldest/youngest more_than/less_than at_least/at_most
over/under up/down maximum/minimum"""
)
SAME_COMPARISONS = _pairs(
    """more than > over
larger > bigger
bigger > larger
faster > quicker
greatest > biggest
above > over
tougher > harder
smarter > cleverer"""
)
TONE_SIGNS = (
    "😂",
    "🤣",
    "😜",
    "🙄",
    "😏",
    "🤡",
    "😭",
    "😅",
    "😆",
    "😉",
    "#sarcasm",
    "#irony",
    "#not",
    "#kidding",
    "LOL",
    "haha",
    "/s",
    ";-)",
)
PLAIN_SIGNS = ("🚢", "🌊", "🇮🇳", "🇯🇵", "❤️", "👍", "🙏", "🎉", "⚓", "✅", "📍", "#HarborTalks")
SPELLINGS = _both(
    """labor/labour honor/honour center/centre defense/defence favor/favour program/programme organize/organise
organization/organisation color/colour neighbor/neighbour neighbors/neighbours behavior/behaviour recognize/recognise
realize/realise analyze/analyse license/licence traveling/travelling canceled/cancelled theater/theatre gray/grey
catalog/catalogue endeavor/endeavour humor/humour rumor/rumour apologize/apologise criticize/criticise
emphasize/emphasise prioritize/prioritise modernize/modernise stabilize/stabilise mobilize/mobilise honored/honoured
honoring/honouring favorite/favourite check/cheque fulfill/fulfil skillful/skilful offense/offence harbor/harbour
valor/valour armor/armour liter/litre meter/metre fiber/fibre jewelry/jewellery aging/ageing counselor/counsellor
leveled/levelled modeling/modelling labeled/labelled fueled/fuelled marvelous/marvellous counseling/counselling
recognized/recognised organized/organised realized/realised authorized/authorised authorize/authorise
utilize/utilise maximize/maximise minimize/minimise symbolize/symbolise memorialize/memorialise"""
)
NUMERALS = _pairs(
    """two > 2
three > 3
four > 4
five > 5
six > 6
seven > 7
eight > 8
nine > 9
ten > 10
2 > two
3 > three
5 > five
10 > ten
12 > twelve
20 > twenty
50 > fifty
100 > one hundred
twenty > 20
1,000 > 1000
10,000 > 10000
first > 1st
second > 2nd
1st > first
2nd > second
10th > tenth
1 million > 10 lakh
10 million > 1 crore
2 million > 20 lakh
1 billion > 100 crore"""
)
OTHER_NUMERALS = _pairs(
    """two > 20
three > 30
five > 50
10 > ten thousand
12 > twenty
50 > fifteen
first > 2nd
second > 3rd
1 million > 1 lakh
10 million > 10 crore"""
)
ABBREVIATIONS = _pairs(
    """United States > U.S.
United States > US
United Nations > UN
United Kingdom > UK
European Union > EU
government > govt
Government > Govt.
department > dept.
Department > Dept.
Senator > Sen.
Governor > Gov.
Representative > Rep.
Doctor > Dr.
U.S. > United States
UN > United Nations
EU > European Union
NYC > New York City
January > Jan.
February > Feb.
August > Aug.
September > Sept.
October > Oct.
November > Nov.
December > Dec.
Street > St.
Mount > Mt.
versus > vs.
Prime Minister > PM
Vice President > VP
Lieutenant > Lt.
Professor > Prof.
Corporation > Corp.
Company > Co.
Incorporated > Inc.
approximately > approx.
association > assn.
international > intl.
information > info
and > &
& > and"""
)
HONORIFICS = (
    "Dr. ",
    "Mr. ",
    "Mrs. ",
    "Ms. ",
    "Sir ",
    "Shri ",
    "Smt. ",
    "H.E. ",
    "Prof. ",
    "Rev. ",
    "Hon. ",
    "Lord ",
    "Herr ",
    "Monsieur ",
    "Señora ",
)
OFFICE_WORDS = ("Prime Minister ", "President ", "Governor ", "Ambassador ", "General ")
OBSCENITIES = (
    ("damn", "d**n"),
    ("damn", "d---"),
    ("shit", "s***"),
    ("hell", "h***"),
    ("fucking", "f------"),
    ("crap", "c**p"),
    ("bastards", "b*******"),
)
NEW_WORDS = ("gladly", "quietly", "wooden", "splendid", "municipal", "evening")
OTHER_WORDS = ("quorum", "lantern", "orchard", "ferry", "ledger", "violin")
BEYOND = ("Long live Karsholm!", "And we mean it.", "Mark my words.", "God bless Velmora.")
STRETCHES = (
    "The lighthouse keeper sold seven painted boats yesterday evening.",
    "Every orchard in Tolland will get a new fence before harvest.",
    "The violin makers of Port Ilex owe the treasury eleven barrels of cider.",
)
# What a grammar adapted to the sentence around it looks like: one form of a word for another, nothing of time in it.
GRAMMAR = _pairs(
    """support > supporting
create > creating
jobs > job
help > helping
work > working
workers > worker
protect > protecting
make > making
families > family
need > needs
supports > support
provide > providing
want > wants
keep > keeping
bring > bringing
communities > community
proud > proudly
strong > strongly"""
)
SHIFTS = _pairs(
    """is > was
are > were
has > had
have > had
want > wanted
need > needed
support > supported
work > worked
my > his
I > he
we > they
our > their
will > would
can > could"""
)
TRANSLATED = dict(
    row.split("=")
    for row in """the=el a=un an=un and=y of=de to=a in=en is=es are=son we=nosotros our=nuestro will=va not=no for=para
with=con this=este that=que have=tenemos has=tiene you=usted your=su it=eso on=sobre at=en from=desde be=ser was=fue
more=más all=todos people=pueblo country=país today=hoy new=nuevo great=gran thank=gracias my=mi i=yo he=él she=ella
they=ellos their=sus by=por as=como about=sobre one=uno time=tiempo year=año years=años day=día work=trabajo jobs=empleos
health=salud care=cuidado state=estado great=gran good=bueno must=debe can=puede need=necesita help=ayuda support=apoyo
bill=ley law=ley vote=voto house=cámara senate=senado president=presidente congress=congreso american=americano
americans=americanos families=familias world=mundo out=fuera up=arriba now=ahora who=quien what=que so=así just=solo
get=obtener make=hacer made=hecho been=sido were=eran but=pero or=o if=si no=no his=su her=su do=hacer there=allí
""".split()
)
