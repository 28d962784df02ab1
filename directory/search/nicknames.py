"""Given names that stand for each other; each line is one name with its short and pet forms."""

_NAMES = """
abigail abby gail
adelaide addie
albert al bert bertie
alexander alex sandy xander sascha sasha alec aleksandr alexandre alejandro
alexandra alex sandra sasha sascha alexa lexi aleksandra
alfred fred alf fredy
alfonso poncho
alicia ali licia
amanda mandy
andrea andi
andreas andi andy andré
andrew andy drew
angela angie
anna anne ann annie anni anja anouk anita
anthony tony anton
antonio toni tonio tony
arthur art
barbara barb barbie babs bärbel basia
beatrice bea trixie beatrix
benedict ben benedikt
benjamin ben benny benji
bernard bernie bernhard
bernhard bernd bernie
brigitte gitte britta
bruno bru
cameron cam
carolina caro lina carolin caroline
catherine cathy kate katie cat katherine kathryn catalina
charles charlie chuck chas karl carlos
charlotte charlie lotte lottie
christian chris christiaan
christina chris tina chrissy kristina
christine chris tina chrissy
christoph chris christof stoffel
christopher chris kit topher
clara klara
claudia claudi
constance connie konstanze
cynthia cindy
daniel dan danny dani
david dave davey
deborah deb debbie debra
dennis denny
diana di
dimitri dima mitya dmitry dmitri
dominic dom nic dominik
donald don donnie
dorothy dot dottie dolly dorothea
eduardo edu lalo
edward ed eddie ted teddy ned eduard
eleanor ellie nell nora
elizabeth liz lizzie beth betty eliza bess libby lisa elisabeth betsy
elisabeth lisa lisbeth elsbeth sissi liesl bettina else betti
emanuel manu emmanuel manuel
emily em emmy
emma em
enrique quique
ernst ernie
esther essie
eugene gene evgeny
eva evi ewa
evelyn eve evi
evgeny zhenya yevgeny
ferdinand ferdi
fernando nando fer
florian flo flori
frances fran franny fanny
francesco franco cesco
francis frank fran
francisco paco pancho fran kiko
franz franzl
franziska franzi fränzi ziska
frederick fred freddy fritz
friedrich fritz fredi
gabriel gabe gabi
gabriela gabi gaby
gabriele gabi gaby
georg jörg schorsch
george georgie geo
gerald gerry jerry
gerhard gerd gerri
giovanni gianni gio vanni
giuseppe beppe peppe pino
gregory greg
grzegorz grzesiek
guillermo memo
gustav gustl
hannah hanna
hans hannes johannes hansi
harold harry hal
heinrich heini heinz
helen nell nellie helena
henry harry hank hal
herbert herb bert
hubert hubi bert
ignacio nacho
ignatius iggy
isabella bella isa izzy isabel
ivan vanya
jacob jake jakob
jacqueline jackie
jakob köbi jockel
james jim jimmy jamie
janet jan
jean jeannie
jeffrey jeff geoffrey
jennifer jen jenny jenni
jeremy jerry jem
jessica jess jessie
jesús chucho
jiří jirka
joachim achim jochen jojo
johann hans hannes
johannes hannes hans joh jo
john johnny jack jon
jonathan jon jonny nathan
joseph joe joey jo
josef sepp seppi beppi jupp
josefa pepa
josé pepe
joão zé
joshua josh
juan juanito
judith judy jude
julia jule julie juli
katarzyna kasia
katharina kathi käthe kati katja trine
katherine kate kathy katie kat kay kathryn catherine
kenneth ken kenny
kimberly kim
klaus nikolaus
konrad conny
laura laurie
laurence larry laurie lawrence
leonard leo len lenny leonhard
leonardo leo nardo
leopold leo poldi
louis lou louie ludwig
ludwig lutz wiggerl
luis lucho
maciej maciek
magdalena magda lena leni
malgorzata gosia
małgorzata gosia
manuel manu manolo
margaret maggie meg peggy marge margie greta rita daisy
margarete grete gretel gretchen greta
margrit gritli
maria mia marie ria mitzi mariechen
marcus marc
markus marc küsu
martha marty
martin marty tinu
mary molly polly mamie
matthew matt matty
matthias matti mathias hias
maximilian max maxi
melanie mel
melissa mel lissa
michael mike mick mickey micha michi misha
michał michal michałek
mikhail misha
mohammed mohamed muhammad mohammad mo mohd muhammed
monika moni
natalia natasha natalie
nathaniel nat nate nathan
nicholas nick nicky nico nicolas
nicole nicki nikki
nikolai kolya
nikolaus klaus niklaus nik nico
olivia liv livvy
oliver ollie oli
pamela pam
patricia pat patty tricia trish
patrick pat paddy rick
paul paulie
pavel pasha
peter pete pit pesche
philip phil pip philipp
piotr piotrek
pietro piero
rachel rae
raymond ray
rebecca becky becca bec rebekka
regina gina
rené rene
richard rick dick rich richie ricky
robert bob rob bobby robbie bert röbi robi
roberto beto berto
roland roli
ronald ron ronnie
rosemary rose rosie
rosemarie rösli romy
rudolf rudi ruedi rolf
russell russ
samantha sam
samuel sam sammy sämi
sandra sandy
sebastian basti bastian seb wastl
sergei seryozha sergey
sergio checo
simon simi
sofia sofi sophie
sophia sophie
stanisław staszek stan
stefan steff stephan stef
stefanie steffi
stephen steve stevie
steven steve stevie
susan sue suzie susie
susanne susi sanne
svetlana sveta
tatiana tanya tania
terence terry
teresa terry tess tessa theresa
theodor theo teddy
theodore ted theo teddy
theresa tess terry resi
thomas tom tommy thom
timothy tim timmy
tobias tobi
tomasz tomek
ulrich uli ueli
ulrike uli rike
urs ursli
ursula uschi ursi ulla
valentin vali
vera verena
verena vreni
veronica ronnie vroni veronika
victor vic viktor
victoria vicky tori vic
vincent vince vinny
virginia ginny
vladimir vova volodya vlad
walter walt wally wädi
werner wernä
wilhelm willi willy helmi
wilhelmina mina willa
william bill will billy willy liam
wolfgang wolf wolfi
xavier xavi
yekaterina katya
zachary zach zack
"""


def _groups() -> dict[str, frozenset[str]]:
    from directory.search.terms import fold

    found: dict[str, set[str]] = {}
    for line in _NAMES.split("\n"):
        whole, *short = dict.fromkeys(fold(name) for name in line.split()) or ("",)
        for each in short:
            found.setdefault(whole, set()).add(each)
            found.setdefault(each, set()).add(whole)
    return {name: frozenset(others - {name}) for name, others in found.items()}


_OTHERS: dict[str, frozenset[str]] = {}


def others(word: str) -> frozenset[str]:
    """The names that a folded name stands for, or that stand for it."""
    if not _OTHERS:
        _OTHERS.update(_groups())
    return _OTHERS.get(word, frozenset())
