"""Aldermoor Instruments, which makes weather stations and does not exist: sites and departments.

Numbers are those that regulators keep free for fiction (Ofcom in the United Kingdom, ARCEP in
France, 555-01 in North America); elsewhere they stand in ranges that are given to nobody, such as
subscriber numbers that begin with 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass

NAME = "Aldermoor Instruments"
DOMAIN = "aldermoor.example"
EUROPE, OVERSEAS = "Europe", "Overseas"


@dataclass(frozen=True)
class Site:
    """An office: where it stands, which cluster serves it, and how its numbers are made of `n`."""

    code: str
    name: str
    street: str
    postal_code: str
    city: str
    country: str
    time_zone: str
    cluster: str
    weight: int
    work: str
    extension: str
    mobile: str
    most: int = 999

    def work_number(self, n: int) -> str:
        return self.work.format(n=n)

    def extension_of(self, n: int) -> str:
        return self.extension.format(n=n)

    def mobile_number(self, n: int) -> str:
        return self.mobile.format(n=n)


SITES = (
    Site(
        "ZRH", "Zurich", "Wolkengasse 12", "8005", "Zürich", "CH", "Europe/Zurich", EUROPE, 22,
        "+41 44 000 4{n:03}", "4{n:03}", "+41 79 000 4{n:03}",
    ),
    Site(
        "BRN", "Bern", "Nebelweg 3", "3011", "Bern", "CH", "Europe/Zurich", EUROPE, 9,
        "+41 31 000 5{n:03}", "5{n:03}", "+41 79 000 5{n:03}",
    ),
    Site(
        "LON", "London", "7 Drizzle Lane", "EC9 9ZZ", "London", "GB", "Europe/London", EUROPE, 13,
        "+44 20 7946 0{n:03}", "2{n:03}", "+44 7700 900{n:03}",
    ),
    Site(
        "PAR", "Paris", "18 rue de la Giboulée", "75099", "Paris", "FR", "Europe/Paris", EUROPE, 8,
        "+33 1 99 00 3{n:03}", "3{n:03}", "+33 6 39 98 3{n:03}",
    ),
    Site(
        "LIS", "Lisbon", "Rua do Nevoeiro 41, 3.º", "1000-999", "Lisboa", "PT", "Europe/Lisbon",
        EUROPE, 10, "+351 20 000 6{n:03}", "6{n:03}", "+351 90 000 6{n:03}",
    ),
    Site(
        "KRK", "Kraków", "ul. Mglista 5", "30-999", "Kraków", "PL", "Europe/Warsaw", EUROPE, 12,
        "+48 12 000 7{n:03}", "7{n:03}", "+48 40 000 7{n:03}",
    ),
    Site(
        "DXB", "Dubai", "Shamal Tower, level 9", "", "Dubai", "AE", "Asia/Dubai", OVERSEAS, 5,
        "+971 4 000 1{n:03}", "71{n:03}", "+971 59 000 1{n:03}",
    ),
    Site(
        "SIN", "Singapore", "30 Monsoon Walk #08-01", "099999", "Singapore", "SG",
        "Asia/Singapore", OVERSEAS, 8, "+65 5550 2{n:03}", "62{n:03}", "+65 7550 2{n:03}",
    ),
    Site(
        "OSA", "Osaka", "2-9-99 Kirinaka, Kita-ku", "530-9999", "Osaka", "JP", "Asia/Tokyo",
        OVERSEAS, 8, "+81 6 0000 3{n:03}", "83{n:03}", "+81 90 0000 3{n:03}",
    ),
    Site(
        "AUS", "Austin", "4100 Thunderhead Blvd", "78799", "Austin, TX", "US", "America/Chicago",
        OVERSEAS, 11, "+1 512-555-01{n:02}", "501{n:02}", "+1 737-555-01{n:02}", most=99,
    ),
)  # fmt: skip
SITE = {site.code: site for site in SITES}

# Division -> department -> teams. The code of each is made of its place in this tree.
STRUCTURE: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "Research & Development": {
        "Sensors": ("Temperature & Humidity", "Wind & Pressure", "Calibration"),
        "Software": ("Firmware", "Data Platform", "Web & Mobile", "Quality"),
        "Mechanics": ("Design", "Prototypes"),
    },
    "Operations": {
        "Production": ("Assembly", "Final Test", "Packing"),
        "Purchasing": ("Electronics Purchasing", "Mechanical Purchasing"),
        "Logistics": ("Warehouse", "Customs & Freight"),
    },
    "Sales & Marketing": {
        "Sales Europe": ("Key Accounts", "Airports", "Railways & Roads"),
        "Sales Overseas": ("Americas", "Asia Pacific", "Gulf States"),
        "Marketing": ("Brand", "Trade Fairs"),
    },
    "Customer Service": {
        "Support": ("Support Europe", "Support Overseas"),
        "Field Service": ("Installation", "Maintenance"),
        "Training": (),
    },
    "Finance": {
        "Treasury": (),
        "Accounting": ("Payables", "Receivables"),
        "Controlling": (),
    },
    "People & Workplace": {
        "Human Resources": ("Recruiting", "Payroll"),
        "Facilities": ("Reception & Security", "Buildings"),
    },
    "Information Technology": {
        "Infrastructure": ("Networks & Telephony", "Servers & Storage"),
        "Workplace IT": ("Service Desk",),
        "Business Applications": (),
    },
    "Legal & Compliance": {"Contracts": (), "Data Protection": ()},
}

TITLES: Mapping[str, tuple[str, ...]] = {
    "Research & Development": ("Engineer", "Senior Engineer", "Physicist", "Software Developer"),
    "Operations": ("Technician", "Planner", "Buyer", "Shift Supervisor", "Specialist"),
    "Sales & Marketing": ("Account Manager", "Sales Engineer", "Product Manager", "Assistant"),
    "Customer Service": ("Support Engineer", "Field Engineer", "Trainer", "Dispatcher"),
    "Finance": ("Accountant", "Analyst", "Senior Analyst", "Controller"),
    "People & Workplace": ("Partner", "Coordinator", "Specialist", "Receptionist"),
    "Information Technology": ("Systems Engineer", "Network Engineer", "Service Desk Agent"),
    "Legal & Compliance": ("Counsel", "Paralegal", "Data Protection Officer"),
}

LANGUAGES = {
    "CH": "German, French, English",
    "GB": "English",
    "FR": "French, English",
    "PT": "Portuguese, English",
    "PL": "Polish, English",
    "AE": "Arabic, English",
    "SG": "English, Mandarin, Malay",
    "JP": "Japanese, English",
    "US": "English, Spanish",
}
