"""The countries that have telephone numbers, by their usual names.

The English ones are from iso3166.tab of the IANA time zone database (public domain), 2026, in
today's usage; countries.txt has the others and says where they are from.
"""

from functools import cache
from pathlib import Path

from clicktodial.dialplan import words

TABLE = Path(__file__).with_name("countries.txt")

_NAMES = """
AC=Ascension Island; AD=Andorra; AE=United Arab Emirates; AF=Afghanistan;
AG=Antigua and Barbuda; AI=Anguilla; AL=Albania; AM=Armenia; AO=Angola; AR=Argentina;
AS=American Samoa; AT=Austria; AU=Australia; AW=Aruba; AX=Åland Islands; AZ=Azerbaijan;
BA=Bosnia and Herzegovina; BB=Barbados; BD=Bangladesh; BE=Belgium; BF=Burkina Faso;
BG=Bulgaria; BH=Bahrain; BI=Burundi; BJ=Benin; BL=Saint Barthélemy; BM=Bermuda; BN=Brunei;
BO=Bolivia; BQ=Caribbean NL; BR=Brazil; BS=Bahamas; BT=Bhutan; BW=Botswana; BY=Belarus;
BZ=Belize; CA=Canada; CC=Cocos Islands; CD=Congo (Kinshasa); CF=Central African Rep.;
CG=Congo (Brazzaville); CH=Switzerland; CI=Côte d’Ivoire; CK=Cook Islands; CL=Chile;
CM=Cameroon; CN=China; CO=Colombia; CR=Costa Rica; CU=Cuba; CV=Cape Verde; CW=Curaçao;
CX=Christmas Island; CY=Cyprus; CZ=Czechia; DE=Germany; DJ=Djibouti; DK=Denmark;
DM=Dominica; DO=Dominican Republic; DZ=Algeria; EC=Ecuador; EE=Estonia; EG=Egypt;
EH=Western Sahara; ER=Eritrea; ES=Spain; ET=Ethiopia; FI=Finland; FJ=Fiji;
FK=Falkland Islands; FM=Micronesia; FO=Faroe Islands; FR=France; GA=Gabon;
GB=United Kingdom; GD=Grenada; GE=Georgia; GF=French Guiana; GG=Guernsey; GH=Ghana;
GI=Gibraltar; GL=Greenland; GM=Gambia; GN=Guinea; GP=Guadeloupe; GQ=Equatorial Guinea;
GR=Greece; GT=Guatemala; GU=Guam; GW=Guinea-Bissau; GY=Guyana; HK=Hong Kong; HN=Honduras;
HR=Croatia; HT=Haiti; HU=Hungary; ID=Indonesia; IE=Ireland; IL=Israel; IM=Isle of Man;
IN=India; IO=British Indian Ocean Territory; IQ=Iraq; IR=Iran; IS=Iceland; IT=Italy;
JE=Jersey; JM=Jamaica; JO=Jordan; JP=Japan; KE=Kenya; KG=Kyrgyzstan; KH=Cambodia;
KI=Kiribati; KM=Comoros; KN=Saint Kitts and Nevis; KP=North Korea; KR=South Korea;
KW=Kuwait; KY=Cayman Islands; KZ=Kazakhstan; LA=Laos; LB=Lebanon; LC=Saint Lucia;
LI=Liechtenstein; LK=Sri Lanka; LR=Liberia; LS=Lesotho; LT=Lithuania; LU=Luxembourg;
LV=Latvia; LY=Libya; MA=Morocco; MC=Monaco; MD=Moldova; ME=Montenegro; MF=Saint Martin;
MG=Madagascar; MH=Marshall Islands; MK=North Macedonia; ML=Mali; MM=Myanmar; MN=Mongolia;
MO=Macau; MP=Northern Mariana Islands; MQ=Martinique; MR=Mauritania; MS=Montserrat;
MT=Malta; MU=Mauritius; MV=Maldives; MW=Malawi; MX=Mexico; MY=Malaysia; MZ=Mozambique;
NA=Namibia; NC=New Caledonia; NE=Niger; NF=Norfolk Island; NG=Nigeria; NI=Nicaragua;
NL=Netherlands; NO=Norway; NP=Nepal; NR=Nauru; NU=Niue; NZ=New Zealand; OM=Oman; PA=Panama;
PE=Peru; PF=French Polynesia; PG=Papua New Guinea; PH=Philippines; PK=Pakistan; PL=Poland;
PM=Saint Pierre and Miquelon; PR=Puerto Rico; PS=Palestine; PT=Portugal; PW=Palau;
PY=Paraguay; QA=Qatar; RE=Réunion; RO=Romania; RS=Serbia; RU=Russia; RW=Rwanda;
SA=Saudi Arabia; SB=Solomon Islands; SC=Seychelles; SD=Sudan; SE=Sweden; SG=Singapore;
SH=Saint Helena; SI=Slovenia; SJ=Svalbard and Jan Mayen; SK=Slovakia; SL=Sierra Leone;
SM=San Marino; SN=Senegal; SO=Somalia; SR=Suriname; SS=South Sudan;
ST=São Tomé and Príncipe; SV=El Salvador; SX=Sint Maarten; SY=Syria;
SZ=Eswatini; TA=Tristan da Cunha; TC=Turks and Caicos Islands; TD=Chad;
TG=Togo; TH=Thailand; TJ=Tajikistan; TK=Tokelau; TL=East Timor; TM=Turkmenistan;
TN=Tunisia; TO=Tonga; TR=Türkiye; TT=Trinidad and Tobago; TV=Tuvalu; TW=Taiwan;
TZ=Tanzania; UA=Ukraine; UG=Uganda; US=United States; UY=Uruguay; UZ=Uzbekistan;
VA=Vatican City; VC=Saint Vincent and the Grenadines; VE=Venezuela;
VG=British Virgin Islands; VI=US Virgin Islands; VN=Vietnam; VU=Vanuatu;
WF=Wallis and Futuna; WS=Samoa; XK=Kosovo; YE=Yemen; YT=Mayotte; ZA=South Africa;
ZM=Zambia; ZW=Zimbabwe
"""
_BY_REGION = dict(each.split("=") for each in " ".join(_NAMES.split()).split("; "))


def name_of(region: str, *, language: str = "en") -> str:
    """The name of a country (ISO 3166, such as CH); nothing where there is none.

    `language` is a code such as de; in others than those of the site the name is the English one.
    """
    return words.in_language(language, _names().get(region, ())) or _BY_REGION.get(region, "")


@cache
def _names() -> dict[str, list[str]]:
    lines = (line.split("|") for line in TABLE.read_text("utf-8").splitlines())
    return {region: names for region, *names in lines if len(region) == 2}
