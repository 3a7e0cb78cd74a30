"""Words of the eight languages that the checks look for, folded (lower case, no accents), one blank between them."""

import re

from companies.profiles.reading import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


# Words of company names that say what a firm does, or where, and not which it is.
GENERIC = _words("""
    group groups holding holdings company companies firm international global trade trading invest investment capital
    technology technologies technical tech technika system systems solution solutions service services software
    digital data media online engineering industry industries industrial production products manufacturing factory
    works logistics transport energy power solar wind water green environment recycling waste medical pharma health
    care bio food foods foodtech agro farm fish meat milk dairy bakery brewery drinks textile fashion design studio
    print paper pack packaging plastic plastics metal metals steel wood timber furniture stone glass construction
    building build house home bank finance insurance consulting development research science network partner partners
    marine shipping ship boat maritime machine machines machinery tool tools electric electronics electronic
    automation robotics control security chemical chemicals
    baltic nordic scandinavian scandinavia europe european eastern western northern southern north south east west
    poland polish polska polski polskie finland finnish suomi suomen denmark danish danmark dansk danske germany
    german deutsche deutschland estonia estonian eesti latvia latvian latvija latvijas lithuania lithuanian lietuva
    lietuvos sweden swedish norway norwegian
    zaklad zaklady fabryka przedsiebiorstwo firma grupa towarzystwo stolarnia meble drewno metal maszyny instytut
    real estate equity fund funds reit stock exchange value invest aktier bonds market markets
    schreinerei tischlerei werkstatt manufaktur brauerei baeckerei metzgerei druckerei klinik
    tehdas yhtiot yhtio sahko puu teollisuus konepaja saha rakennus virksomhed fabrik maskinfabrik trae byg
    werk werke fabrik holz maschinenbau technik bau gesellschaft tehas puit mooblikoda grupp gamykla mediena baldai
    grupe imone statyba razotne koks grupa buve
""")

FIRST_PERSON: dict[str, frozenset[str]] = {
    "en": _words("we our ours ourselves you your yours yourself"),
    "pl": _words("""my nas nami nasz nasza nasze naszego naszej naszych naszym naszymi nasza naszemu nasi wasz wasza
        wasze waszej waszych twoj twoja twoje twojej"""),
    "fi": _words("me meidan meita meilla meille meilta te teidan teita teilla teille teilta"),
    "da": _words("vi os vores du dig din dine jer jeres"),
    "de": _words("wir uns unser unsere unseren unserem unserer unseres du dein deine deinen euch euer eure"),
    "et": _words("""me meie meid meil meile meilt te teie teid teil teile teilt pakume otsime toodame valmistame
        soovime oleme arendame muume kasutame vajame omame impordime ekspordime tegeleme ootame tootame"""),
    "lt": _words("""mes mus mums musu jus jums jusu siulome ieskome gaminame teikiame turime esame norime
        parduodame dirbame naudojame eksportuojame importuojame pletojame"""),
    "lv": _words("""mes mus mums musu jus jums jusu piedavajam meklejam razojam esam velamies izstradajam pardodam
        izmantojam stradajam nodrosinam eksportejam importejam veidojam"""),
}

# Verbs and nouns of the first person that their ending gives away.
ENDINGS: dict[str, re.Pattern[str]] = {
    "pl": re.compile(r"\w{2,}(?:emy|amy|imy|ymy)"),
    "fi": re.compile(r"\w{3,}mme"),
}
NOT_FIRST_PERSON = _words("""
    problemy systemy podsystemy ekosystemy kremy schemy firmy formy normy reklamy programy bramy ramy tamy damy lamy
    diagramy kilogramy gramy panoramy zimy dymy rymy klimy rytmy mikrogramy miligramy diademy totemy fonemy hologramy
    harmonogramy tramy dramy gamy plamy krymy maksymy intymy olbrzymy zymy enzymy
""")

SUPERLATIVES: dict[str, re.Pattern[str]] = {
    language: re.compile(rf"\b(?:{pattern})", re.IGNORECASE)
    for language, pattern in {
        "en": r"(?:the best|best-in-class|leading|unique|uniquely|world-class|state[- ]of[- ]the[- ]art|"
        r"cutting[- ]edge|revolutionary|groundbreaking|unrivalled|unmatched|unparalleled|number one|no\. 1|"
        r"most advanced|(?:highest|top|superior|excellent|outstanding) quality|second to none|largest)\b",
        "pl": r"(?:najleps\w+|wiodąc\w+|unikaln\w+|unikatow\w+|rewolucyjn\w+|najnowocześniejsz\w+|bezkonkurencyjn\w+|"
        r"najwyższej jakości|najwyższa jakość|największ\w+|jedyn[yaei] w swoim rodzaju)\b",
        "fi": r"(?:paras|parhaa\w+|parhai(?!ten\b)\w+|johtava\w*|johtavi\w+|ainutlaatui\w+|ylivertai\w+|mullistav\w+|"
        r"vertaansa vailla|huippulaatu\w*|huippuluok\w+|suurin|suurimp\w+)\b",
        "da": r"(?:bedste|førende|unik|unikke|enestående|banebrydende|revolutionerende|verdensklasse|højeste kvalitet|"
        r"største)\b",
        "de": r"(?:(?<!am )beste[nrsm]?|führend\w*|einzigartig\w*|weltklasse|revolutionär\w*|bahnbrechend\w*|"
        r"unübertroffen\w*|konkurrenzlos\w*|höchste[rn]? qualität|spitzenqualität|marktführer\w*|"
        r"(?<!am )größte[nrsm]?)\b",
        "et": r"(?:parim\w*|juhtiv\w*|ainulaad\w+|unikaal\w+|revolutsiooni\w+|maailmatasemel|kõrgeima kvaliteediga|"
        r"tippkvaliteet\w*|suurim\w*)\b",
        "lt": r"(?:geriausi(?!ai\b)\w+|pirmaujan\w+|unikal\w+|išskirtin\w+|revoliucin\w+|neprilygstam\w+|"
        r"aukščiausios kokybės|lyderiaujan\w+|didžiausi\w+)\b",
        "lv": r"(?:vislabāk\w+|labāk(?:ais|ā|ie|ās|o|ajā|ajiem)|vadoš\w+|unikāl\w+|izcil\w+|revolucionār\w+|"
        r"nepārspēja\w+|augstākās kvalitātes|visaugstāk\w+|lielāk(?:ais|ā|ie|ās))\b",
    }.items()
}
# What backs a claim up: figures, tests, prizes, certificates and rights.
EVIDENCE = re.compile(
    r"\d|%|\b(?:ce[- ]mark|certif|zertif|sertif|serti|award|prize|nagrod|palkin|pris\b|preis|auhin|apdovan|balv|patent|"
    r"test|prüf|measur|zmierz|mitat|mål|gemess|mõõd|matuo|mērī|compar|porówn|verglich|study|badani|tutkim)",
    re.IGNORECASE,
)

# Who buys with an offer, or sells with a request: the other type would fit.
LOOKS_FOR: dict[str, str] = {
    "en": r"look(?:s|ing)? for|seek(?:s|ing)?|search(?:es|ing)? for|wish(?:es)? to find|wants? to find",
    "pl": r"szuka(?:my|ją|jąca|jący)?|poszukuj\w+",
    "fi": r"etsi\w*|hake\w*",
    "da": r"søger|leder efter",
    "de": r"such(?:t|en|e)|gesucht wird|gesucht werden",
    "et": r"otsi\w*",
    "lt": r"ieško\w*",
    "lv": r"meklē\w*",
}
SELLERS: dict[str, str] = {
    "en": r"suppliers?|vendors?|subcontractors?|manufacturers? (?:to|who can) (?:make|produce)",
    "pl": r"dostawc\w+|podwykonawc\w+",
    "fi": r"toimittaj\w+|alihankkij\w+|tavarantoimittaj\w+",
    "da": r"leverandør\w*|underleverandør\w*",
    "de": r"lieferant\w*|zulieferer\w*|subunternehmer\w*",
    "et": r"tarnija\w*|alltöövõtja\w*",
    "lt": r"tiekėj\w+|subrangov\w+",
    "lv": r"piegādātāj\w+|apakšuzņēmēj\w+",
}
BUYERS: dict[str, str] = {
    "en": r"customers?|buyers?|distributors?|agents?|resellers?|licensees?|importers?",
    "pl": r"klient\w+|nabywc\w+|odbiorc\w+|dystrybutor\w*|agent\w*|importer\w*|licencjobiorc\w+",
    "fi": r"asiak\w+|ostaj\w+|jakelij\w+|jälleenmyyj\w+|maahantuoj\w+|agent\w+",
    "da": r"kunder?|købere?|distributør\w*|agent\w*|forhandler\w*|importør\w*|licenstager\w*",
    "de": r"kunden?|käufer\w*|abnehmer\w*|vertriebspartner\w*|händler\w*|agent\w*|importeur\w*|lizenznehmer\w*",
    "et": r"klien\w+|ostja\w*|edasimüüja\w*|turustaja\w*|agen\w+|maaletooja\w*",
    "lt": r"klient\w+|pirkėj\w+|platintoj\w+|agent\w+|importuotoj\w+",
    "lv": r"klient\w+|pircēj\w+|izplatītāj\w+|aģent\w+|importētāj\w+",
}
PARTNERS: dict[str, str] = {
    "en": r"partners?|compan(?:y|ies)|firms?|institut\w*|universit\w+|producers?|manufacturers?|"
    r"makers?|mills?|expert\w*",
    "pl": r"partner\w*|firm\w*|przedsiębiorst\w+|instytut\w*|uczel\w+|uniwersytet\w*|producen\w+|wytwórc\w+|zakład\w*",
    "fi": r"kumppan\w+|yhteistyö\w+|yrity\w+|laito\w+|yliopist\w+|valmistaj\w+|tuottaj\w+",
    "da": r"partner\w*|virksomhed\w*|firma\w*|institut\w*|universitet\w*|producent\w*",
    "de": r"partner\w*|firm\w+|unternehmen\w*|betrieb\w*|institut\w*|hochschul\w+|universität\w*|hersteller\w*",
    "et": r"partner\w*|ettevõt\w+|firma\w*|instituu\w+|ülikool\w*|tootja\w*",
    "lt": r"partner\w*|įmon\w+|bendrov\w+|institut\w*|universitet\w*|gamintoj\w+",
    "lv": r"partner\w*|uzņēm\w+|firm\w+|institūt\w*|universit\w+|ražotāj\w+",
}
BRAND_WORDS = (
    "brand|trademark|trade name|marka|marki|marką|markę|tuotemerk|brändi|varemærk|mærke|marke|kaubamär|bränd|"
    "prek(?:ės|ių) ženkl|zīmol"
)
