"""The words that generated prose is made of; every person in it is invented.

``WORDS`` holds interchangeable fillers per slot of the templates. ``PAIRS``
holds slots whose filler has a partner that changes the sense: swapping one
for the other is the smallest alteration of its kind.
"""


def _list(text: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in text.strip().split("|"))


FIRST_NAMES = _list(
    "Adela|Anton|Beatrix|Boris|Carl|Cyrus|Dagmar|Dmitri|Edith|Emil|Farid|Gerald|Grigori|Hanna|"
    "Harold|Ilse|Ivan|Janos|Karim|Leonid|Ludmila|Malcolm|Marta|Nadia|Oskar|Pavel|Quentin|Rosa|"
    "Samuel|Tamara|Viktor|Walter|Yusuf|Zofia"
)
LAST_NAMES = _list(
    "Abernathy|Ashgrove|Balmont|Belyanin|Carrow|Chernavin|Dobrescu|Dunmore|Eklund|Farrington|"
    "Galatin|Gorchev|Hartwell|Hollis|Ibarra|Isakov|Jelinek|Kaldor|Kerensen|Lindqvist|Lobanov|"
    "Marchetti|Mirzoyan|Navratil|Norcross|Oduya|Orlenko|Pemberton|Petrakis|Quillfeather|Ramsgate|"
    "Rostov|Salvatierra|Sedgwick|Tarnowski|Thistlewood|Ulmanis|Vantongeren|Voroshkin|Wexcombe|"
    "Yardley|Zabrodin|Ziegenhals"
)
TITLES = _list(
    "Ambassador|Foreign Minister|General|President|Secretary|Senator|Marshal|Chancellor|Colonel|"
    "Under Secretary|Prime Minister|Admiral"
)

WORDS: dict[str, tuple[str, ...]] = {
    "org": _list(
        "the State Department|the Politburo|the General Staff|the Treasury|the Security Council|"
        "the Joint Chiefs of Staff|the Foreign Ministry|the Central Committee|the Arms Control Agency|"
        "the North Atlantic Council|the Atomic Energy Commission|the Interagency Group|"
        "the Committee on Imports|the Coordinating Bureau|the Baltic Commission|the Navy Staff|"
        "the Congressional Research Service|the Board of Trade"
    ),
    "country": _list(
        "Argentina|Belarus|Bulgaria|Canada|Chile|Cuba|Czechoslovakia|Denmark|Egypt|Finland|France|"
        "Georgia|Guatemala|Hungary|India|Indonesia|Iran|Israel|Italy|Japan|Jordan|Kazakhstan|Libya|"
        "Mexico|Mongolia|Norway|Pakistan|Peru|Poland|Portugal|Romania|Sweden|Turkey|Ukraine|Vietnam"
    ),
    "city": _list(
        "Ankara|Athens|Belgrade|Berlin|Bonn|Brussels|Bucharest|Budapest|Cairo|Geneva|Havana|Helsinki|"
        "Jakarta|Kiev|Lima|London|Madrid|Moscow|Oslo|Ottawa|Paris|Prague|Reykjavik|Rome|Santiago|"
        "Seoul|Sofia|Stockholm|Tehran|Tokyo|Vienna|Warsaw|Zagreb"
    ),
    "people": _list(
        "Soviet|American|British|French|German|Polish|Hungarian|Turkish|Japanese|Egyptian|Cuban|"
        "Indian|Norwegian|Canadian|Romanian|Chilean"
    ),
    "noun": _list(
        "agreement|aide-memoire|airfield|annex|appendix|archive|armistice|arrangement|assessment|"
        "assurance|background paper|blockade|border|briefing|budget|cable|calendar|campaign|ceiling|"
        "census|channel|charter|clause|coalition|commitment|communique|compromise|concession|"
        "consulate|convoy|courier|crisis|currency|declaration|delegation|deployment|dispatch|"
        "doctrine|draft|embargo|embassy|enclosure|estimate|exchange|exercise|formula|forecast|"
        "framework|frontier|garrison|guarantee|guidance|harbor|hearing|hotline|incident|inspection|"
        "intercept|inventory|itinerary|ledger|letter|loan|mandate|manifesto|memorandum|mission|"
        "moratorium|network|notebook|objection|observation|offer|option|outpost|package|partnership|"
        "petition|pipeline|plan|platform|pledge|posture|precedent|preface|press release|procedure|"
        "proposal|protocol|province|questionnaire|railway|ratification|reactor|rebuttal|recommendation|"
        "referendum|refinery|registry|reserve|resolution|roster|sanction|satellite|schedule|seminar|"
        "session|settlement|shipment|signature|statute|stockpile|strategy|subsidy|summary|summit|"
        "supplement|surveillance|tariff|telegram|testimony|timetable|transcript|treaty|tribunal|truce|"
        "understanding|verification|visit|warehouse|warning|watershed|whistle|yardstick"
    ),
    "plural": _list(
        "advisers|allies|analysts|arguments|arrears|battalions|bombers|bottlenecks|bulletins|cables|"
        "cargoes|clerks|colleagues|complaints|conclusions|contractors|cutbacks|deadlines|debts|"
        "delegates|deliveries|details|difficulties|diplomats|divisions|documents|donors|elections|"
        "engineers|exports|factories|farmers|findings|footnotes|forecasts|frigates|grievances|"
        "guidelines|hostages|imports|inspectors|instructions|interpreters|journalists|launchers|"
        "lawyers|leaflets|legislators|licences|linguists|markets|measures|merchants|minutes|missiles|"
        "motives|notes|objections|observers|officers|pamphlets|passports|patents|patrols|payments|"
        "pensions|permits|phrases|pilots|ports|principles|prisoners|promises|prospects|purchases|"
        "quotas|radars|railwaymen|records|refugees|regulations|remarks|reports|requests|reservations|"
        "rumors|safeguards|seamen|shipments|shortages|signals|speeches|submarines|summaries|supplies|"
        "surveys|talks|tankers|telegrams|tests|translators|treaties|troops|vacancies|vehicles|"
        "villages|visas|volunteers|warheads|weather stations|witnesses"
    ),
    "adj": _list(
        "abrupt|additional|administrative|ambitious|annual|awkward|belated|bilateral|bitter|blunt|"
        "brief|broad|candid|cautious|civilian|clandestine|classified|coastal|commercial|confidential|"
        "costly|cumbersome|customary|detailed|diplomatic|distant|domestic|dry|eastern|economic|"
        "elaborate|emergency|extensive|familiar|fragile|frank|generous|grave|hasty|helpful|humid|"
        "improvised|independent|industrial|informal|interim|internal|joint|lengthy|local|maritime|"
        "military|modest|monthly|mutual|narrow|northern|notorious|obscure|occasional|orderly|"
        "outspoken|overseas|partial|patient|peculiar|perilous|plain|pointed|polite|preliminary|"
        "private|prudent|quarterly|quiet|regional|reluctant|routine|secret|separate|sober|"
        "southern|special|stern|strategic|stubborn|surplus|technical|temporary|tentative|thorough|"
        "tiresome|uneasy|urgent|vague|verbal|voluntary|western|worn|written"
    ),
    "adverb": _list(
        "abruptly|again|briefly|calmly|cautiously|cheerfully|deliberately|discreetly|eventually|"
        "formally|frankly|gradually|hastily|jointly|largely|mainly|openly|orally|partly|patiently|"
        "plainly|politely|privately|promptly|publicly|quickly|quietly|recently|reluctantly|"
        "repeatedly|separately|sharply|slowly|swiftly|tacitly|thoroughly|together|twice|warmly"
    ),
    "past": _list(
        "abandoned|acknowledged|adopted|amended|analyzed|announced|appraised|arranged|authorized|"
        "broadcast|cancelled|challenged|circulated|collected|commissioned|completed|concealed|"
        "condemned|considered|copied|criticized|debated|defended|deferred|delayed|delivered|demanded|"
        "described|discussed|dismissed|distributed|drafted|endorsed|enlarged|examined|financed|"
        "forwarded|funded|guarded|halted|handled|ignored|inspected|interpreted|interrupted|leaked|"
        "listed|mailed|mentioned|modified|monitored|negotiated|noticed|opposed|organized|outlined|"
        "photographed|postponed|praised|prepared|presented|preserved|promoted|proposed|published|"
        "questioned|reconsidered|recorded|registered|released|reopened|repeated|replaced|requested|"
        "reviewed|revised|sealed|searched|shelved|signed|simplified|sponsored|studied|submitted|"
        "summarized|supervised|surrendered|suspended|tabled|translated|transmitted|typed|verified|"
        "welcomed|withheld"
    ),
    "inf": _list(
        "accommodate|acquire|adjust|allocate|appoint|assemble|assist|attend|avoid|begin|block|bring|"
        "build|buy|carry|change|clarify|classify|complete|compose|conceal|consult|control|coordinate|"
        "copy|correct|cover|defend|delay|deliver|destroy|discuss|dismantle|divide|duplicate|enforce|"
        "enlarge|evaluate|exchange|explain|explore|extend|finance|finish|follow|gather|grant|handle|"
        "identify|improve|inspect|install|interview|investigate|isolate|launch|limit|maintain|measure|"
        "mention|modernize|move|name|notify|observe|obtain|operate|oppose|organize|pay for|persuade|"
        "postpone|prepare|preserve|prevent|print|process|prolong|protect|publish|purchase|recall|"
        "recover|reduce|regulate|rehearse|release|relocate|repair|replace|resist|restore|resume|"
        "review|revise|rewrite|schedule|search|seize|share|store|study|submit|supply|survey|suspend|"
        "test|trace|transfer|translate|transport|verify|visit|withdraw"
    ),
    "saying": _list("told|informed|assured|warned|reminded|advised|notified"),
    "claimed": _list(
        "said|claimed|argued|recalled|noted|stressed|observed|reported|conceded|explained|insisted|"
        "remarked|estimated|believed|feared|suspected"
    ),
    "opener": _list(
        "According to the minutes|After some hesitation|As the hearing closed|At the same time|"
        "Before the recess|By common consent|Despite heavy rain|During the second round|"
        "For technical reasons|From the outset|In a separate conversation|In the margin|In practice|"
        "In the corridor|In the following weeks|On the telephone|On this point|"
        "Over lunch|Shortly before midnight|Somewhat later|Towards evening|Under the new rules|"
        "When the lights came back|With evident relief|Without any ceremony"
    ),
    "thing": _list(
        "attic|bakery|ballroom|barge|basket|bicycle|blanket|boiler|bridge|candle|cellar|cemetery|"
        "chapel|chimney|coat|courtyard|drawer|ferry|field|fountain|garden|gate|glove|hallway|hat|"
        "kettle|kitchen|ladder|lake|lamp|library|market|meadow|mill|mirror|orchard|oven|piano|"
        "quarry|river|roof|shed|shelf|station|stove|suitcase|table|teapot|tower|train|umbrella|"
        "valley|wagon|wall|window|workshop"
    ),
    "hue": _list(
        "amber|black|blue|brown|crimson|cream|green|grey|ochre|pale|red|silver|white|yellow"
    ),
    "weather": _list(
        "a cold wind|a thin fog|bright sunshine|dry snow|early frost|fine drizzle|heavy rain|"
        "low cloud|sudden hail|thick smoke"
    ),
    "measure": _list(
        "acres|barrels|bushels|cubic metres|gallons|hours|kilometres|metric tons|miles|pages|"
        "passengers|pounds|rounds|sacks|shifts|tons|working days|yards"
    ),
    "role": _list(
        "archivist|bookkeeper|cartographer|chauffeur|cook|counsel|desk officer|doctor|economist|"
        "engineer|historian|housekeeper|interpreter|librarian|linguist|military attache|night clerk|"
        "notary|pharmacist|physicist|press officer|radio operator|stenographer|surveyor|switchboard "
        "operator|typist|watchman"
    ),
    "must_not": _list("will not|would not|could not|should not|may not|must not|did not|does not"),
    "is_not": _list("is not|was not|are not|were not|has not been|had not been"),
    "contracted": _list("won't|wouldn't|couldn't|shouldn't|didn't|doesn't|can't"),
    "never": _list("never|no longer"),
    "contrast": _list("but|however|except that|unless|although"),
    "firm": _list(
        "Aldgate & Sons|Baltic Freight|Brenner Works|Corvus Instruments|Delft Optical|Eastmere Steel|"
        "Ferro Norte|Halcyon Radio|Juniper Textiles|Meridian Shipping|Nordlys Power|Orbis Press|"
        "Pallas Chemical|Sable Mining|Tidewater Canning"
    ),
}

#: Slots whose filler is one side of a pair, and the kind of edit a swap makes.
PAIRS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "prefixed": (
        "prefix",
        (
            ("possible", "impossible"),
            ("acceptable", "unacceptable"),
            ("able", "unable"),
            ("likely", "unlikely"),
            ("willing", "unwilling"),
            ("accurate", "inaccurate"),
            ("complete", "incomplete"),
            ("consistent", "inconsistent"),
            ("legal", "illegal"),
            ("necessary", "unnecessary"),
            ("aware", "unaware"),
            ("reliable", "unreliable"),
            ("official", "unofficial"),
            ("satisfied", "dissatisfied"),
            ("proper", "improper"),
            ("known", "unknown"),
            ("certain", "uncertain"),
            ("responsible", "irresponsible"),
        ),
    ),
    "opposed": (
        "antonym",
        (
            ("increase", "decrease"),
            ("rise", "fall"),
            ("strengthen", "weaken"),
            ("accept", "reject"),
            ("support", "oppose"),
            ("open", "close"),
            ("allow", "forbid"),
            ("win", "lose"),
            ("raise", "lower"),
            ("expand", "shrink"),
            ("admit", "deny"),
            ("keep", "abandon"),
            ("include", "exclude"),
            ("encourage", "discourage"),
        ),
    ),
    "opposed_adj": (
        "antonym",
        (
            ("friendly", "hostile"),
            ("early", "late"),
            ("public", "secret"),
            ("large", "small"),
            ("strong", "weak"),
            ("true", "false"),
            ("permanent", "temporary"),
            ("rapid", "slow"),
            ("rich", "poor"),
            ("optimistic", "pessimistic"),
            ("superior", "inferior"),
        ),
    ),
    "alike": (
        "synonym",
        (
            ("begin", "start"),
            ("buy", "purchase"),
            ("end", "finish"),
            ("help", "assist"),
            ("show", "demonstrate"),
            ("use", "utilize"),
            ("need", "require"),
            ("ask", "request"),
            ("try", "attempt"),
            ("choose", "select"),
            ("get", "obtain"),
            ("build", "construct"),
            ("fix", "repair"),
            ("send", "dispatch"),
            ("keep", "retain"),
            ("meet", "encounter"),
        ),
    ),
    "alike_noun": (
        "synonym",
        (
            ("agreement", "accord"),
            ("meeting", "gathering"),
            ("aim", "goal"),
            ("plan", "scheme"),
            ("answer", "reply"),
            ("border", "frontier"),
            ("danger", "peril"),
            ("view", "opinion"),
            ("result", "outcome"),
            ("worry", "concern"),
            ("error", "mistake"),
            ("start", "outset"),
        ),
    ),
    "quantity": (
        "antonym",
        (("all", "some"), ("most", "few"), ("many", "few")),
    ),
}
