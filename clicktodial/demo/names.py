"""Names: the usual ones of each country, and those that forms, sorting and search stumble over."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Name:
    """A person's name in the parts that the directory keeps."""

    given: str
    family: str
    preferred: str = ""
    pronunciation: str = ""


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in text.split())


GIVEN: Mapping[str, tuple[str, ...]] = {
    "CH": _words(
        "Anna Beat Céline Dario Elena Fabian Gianna Hansjörg Ivo Jasmin Kaspar Lea Marco Nadja "
        "Olivier Petra Reto Sandra Thomas Urs Vera Werner Yves Zoé Andrea Luca Mirjam Regula Simon "
        "Corinne Stefan Ursina Flurin Chantal Matthias Laura"
    ),
    "GB": _words(
        "Alice Benjamin Charlotte Daniel Eleanor Freddie Grace Harry Imogen Jack Katherine Liam "
        "Megan Nathan Olivia Priya Rhys Sophie Thomas Una Victoria William Yusuf Zara Callum Niamh"
    ),
    "FR": _words(
        "Amélie Bastien Camille Damien Élodie Florian Gaëlle Hugo Inès Jérôme Karine Loïc Maëlys "
        "Noémie Océane Pascal Quentin Rémi Solène Théo Valérie Yannick Zélie Aurélien"
    ),
    "PT": _words(
        "Ana Bernardo Catarina Diogo Eduarda Filipe Gonçalo Helena Inês João Leonor Miguel Nuno "
        "Olívia Paulo Rita Sofia Tiago Vasco Beatriz Duarte Matilde Simão Teresa"
    ),
    "PL": _words(
        "Agnieszka Bartosz Celina Dawid Elżbieta Filip Grażyna Henryk Iwona Jakub Katarzyna Lech "
        "Małgorzata Norbert Oliwia Paweł Renata Sławomir Tomasz Urszula Wojciech Zofia Michał Kinga"
    ),
    "AE": _words("Ahmed Aisha Bilal Fatima Hassan Khalid Layla Mariam Noor Omar Rashid Salma Yara"),
    "SG": _words(
        "Aaron Beng_Huat Chloe Desmond Faridah Hui_Min Ismail Jia_Hui Kumar Li_Ting Mei_Ling "
        "Nurul Rajesh Siew_Ling Wei_Jie Xin_Yi Yong_Sheng Zhi_Hao Kavitha Darren"
    ),
    "JP": _words(
        "Aiko Daisuke Emi Fumiko Haruto Isamu Junko Kenji Mai Naoki Rina Satoshi Takumi Umeko "
        "Yūko Wataru Yōsuke Kaori Shōta Mizuki"
    ),
    "US": _words(
        "Aaliyah Brandon Carlos Destiny Ethan Faith Gabriel Hannah Isabella Jamal Kayla Logan "
        "Madison Noah Olivia Peyton Quinn Ryan Savannah Tyler Ximena Zachary Mateo Harper"
    ),
}

FAMILY: Mapping[str, tuple[str, ...]] = {
    "CH": _words(
        "Ammann Brunner Cavelti Dürst Egli Frei Gerber Hürlimann Imhof Jenni Käser Lüthi Müller "
        "Neuenschwander Oberholzer Pfister Rüegg Schär Tschudi Vonlanthen Wyss Zürcher Bianchi "
        "Favre Rochat Bühler Christen Dähler Fässler Graf Stäheli Zumthor Niggli"
    ),
    "GB": _words(
        "Ashworth Blackwood Clarke Davies Entwistle Fletcher Griffiths Hughes Iqbal Jones Khan "
        "Llewellyn Marsh Naylor Okafor Patel Quigley Robinson Smith Taylor Underhill Whitaker"
    ),
    "FR": _words(
        "Aubert Beaulieu Chevalier Delacroix Étienne Fontaine Girard Hébert Lefèvre Marchand Noël "
        "Perrin Rousseau Saint-Martin Thibault Vasseur Lemaître Garçon Bénard Dupuis"
    ),
    "PT": _words(
        "Abrantes Barbosa Carvalho Domingues Esteves Figueiredo Guimarães Henriques Leitão "
        "Magalhães Nóbrega Oliveira Pinheiro Queirós Ribeiro Salvação Teixeira Vilaça Simões"
    ),
    "PL": _words(
        "Adamczyk Błaszczyk Cieślak Dąbrowska Fiołek Gąsior Jędrzejczak Kołodziej Lewandowski "
        "Majchrzak Nowak Ostrowski Pawłowicz Rączka Świątek Tkaczyk Wójcik Zając Źrebiec Szymański"
    ),
    "AE": _words("Al-Amin Al-Farsi Haddad Al-Jaber Mansour Nasser Al-Qasimi Rahman Saleh Zayed"),
    "SG": _words(
        "Ang Chua Goh Ho Koh Lee Lim Ng Ong Pillai Rahmat Sim Tan Teo Wong Yeo Krishnan Ismail"
    ),
    "JP": _words(
        "Abe Endō Fujita Hayashi Inoue Katō Matsumoto Nakagawa Ōta Saitō Takeda Ueda Watanabe "
        "Yoshida Kōno Hirano Morita"
    ),
    "US": _words(
        "Anderson Brooks Castillo Dominguez Ellis Foster Garcia Hayes Jackson Keller Lopez "
        "Mitchell Nguyen Ortiz Parker Ramirez Sullivan Thompson Washington Young"
    ),
}

AWKWARD: Mapping[str, tuple[Name, ...]] = {
    "ZRH": (
        Name("Siobhán", "O'Brien-Núñez", pronunciation="shi-VAWN"),
        Name("Hildegard", "von der Tann-Rathsamhausen zu Hohenlandsberg", "Hilde"),
        Name("Søren", "Ødegård"),
        Name("", "Sunniva"),
        Name("Peter", "Müller"),
        Name("Peter", "Mueller"),
        Name("Þórdís", "Ægisdóttir", pronunciation="THOR-dees"),
        Name("Jörg", "Groß"),
    ),
    "BRN": (Name("Nguyễn Thị", "Ánh", "Ánh"), Name("Jean-François", "de l’Étoile-d’Or")),
    "LON": (
        Name("Ned", "Null"),
        Name("Trudy", "True"),
        Name("Siân", "ap Rhys ap Llywelyn"),
        Name("Chidi", "N’Diaye-O’Shaughnessy"),
        Name("Robert", "Featherstonehaugh", "Bob", pronunciation="FAN-shaw"),
    ),
    "PAR": (Name("L", "Y", pronunciation="el ee"), Name("Zoë-Noëlle", "L'Hôpital")),
    "LIS": (
        Name(
            "Maria da Conceição Francisca Xavier",
            "de Albuquerque e Vasconcelos de Mello Breyner Sampaio Corte-Real",
            "São",
        ),
        Name("José", "d’Ávila y Güell"),
    ),
    "KRK": (
        Name("Łukasz", "Żółć", pronunciation="WOO-kash zhoowch"),
        Name("Grzegorz", "Brzęczyszczykiewicz", "Greg"),
    ),
    "DXB": (
        Name("ليلى", "الحدّاد"),
        Name("عبد الرحمن", "الناصري", "Abdulrahman"),
        Name("Muḥammad ʿAbd", "al-Qādir"),
    ),
    "SIN": (
        Name("小燕", "林", "Sharon"),
        Name("S/O Rajan", "Muthu", "Muthu"),
        Name("Ng", "Ng"),
        Name("小龙", "李", "Lee"),
    ),
    "OSA": (
        Name("千代子", "山本"),
        Name("健太郎", "Kobayashi", "Ken", pronunciation="ken-ta-ROH"),
        Name("유나", "김", "Yuna"),
    ),
    "AUS": (
        Name("J. R.", "Hardee-Har Jr."),
        Name("Juan Carlos", "De La O"),
        Name("X", "Æ"),
        Name("Test", "User"),
    ),
}
