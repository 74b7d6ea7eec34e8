// Street names by country, and where the house number goes: a street of Vienna sounds like Vienna.

export type Streets = { readonly names: readonly string[]; readonly numberFirst: boolean }

const list = (text: string): string[] => text.split(',').map((name) => name.trim())

export const englishStreets = list(
  `Main Street, Oak Avenue, Park Road, Maple Street, Church Street, Cedar Lane, High Street, Mill Road, Station Road,
Washington Avenue, Lake View Drive, Elm Street, Victoria Road, Pine Street, Hillcrest Avenue, Orchard Lane, River Road,
King Street, Sunset Boulevard, Willow Way, Market Street, Chestnut Street, Queen Street, Meadow Lane, Spring Garden,
Harbour Street, Jefferson Street, Garden Terrace, Birch Close, Franklin Street, North Road, Highland Avenue, Mulberry Court,
Bridge Street, Foxglove Crescent`,
)

const german = list(
  `Hauptstraße, Bahnhofstraße, Gartenweg, Lindenallee, Schulstraße, Goethestraße, Rosenweg, Am Marktplatz, Kirchgasse,
Buchenweg, Mozartstraße, Schillerstraße, Bergstraße, Waldweg, Ringstraße, Mühlenweg, Birkenweg, Feldstraße, Beethovenstraße,
Kastanienallee, Wiesenweg, Am Stadtpark, Brunnengasse, Eichenweg, Amselweg, Sonnenstraße`,
)
const french = list(
  `Rue de la République, Rue Victor Hugo, Avenue de la Gare, Rue des Écoles, Rue du Moulin, Place de l'Église, Rue Pasteur,
Avenue Jean Jaurès, Rue des Lilas, Boulevard Voltaire, Rue du Château, Rue des Jardins, Rue de la Paix, Impasse des Rosiers,
Rue Émile Zola, Chemin des Vignes, Rue de la Fontaine, Quai des Tanneurs, Rue Saint-Michel, Allée des Tilleuls`,
)
const spanish = list(
  `Calle Mayor, Calle del Sol, Calle Nueva, Avenida de la Constitución, Calle Real, Plaza de España, Calle de la Iglesia,
Calle San José, Paseo de la Alameda, Calle del Carmen, Avenida de Andalucía, Calle Cervantes, Calle de la Luna, Ronda Norte,
Calle de los Olivos, Calle Goya, Calle del Mercado, Calle de la Fuente`,
)
const italian = list(
  `Via Roma, Via Garibaldi, Via Dante, Corso Italia, Via Mazzini, Piazza del Duomo, Via Verdi, Via Cavour, Via dei Mille,
Viale della Libertà, Via San Marco, Via Leopardi, Via delle Rose, Vicolo Stretto, Via Manzoni`,
)
const portuguese = list(
  `Rua da Liberdade, Rua Augusta, Avenida da República, Rua do Comércio, Rua das Flores, Travessa do Carmo, Rua de Santo António,
Largo da Igreja, Rua Nova, Avenida Central, Rua da Escola, Rua do Sol, Praça da Alegria, Rua Camões`,
)
const dutch = list(
  `Kerkstraat, Dorpsstraat, Molenweg, Stationsweg, Schoolstraat, Hoofdstraat, Wilhelminastraat, Prinsengracht, Julianalaan,
Beatrixstraat, Eikenlaan, Havenstraat, Marktplein, Tulpenstraat, Lindelaan`,
)
const swedish = list(
  `Storgatan, Kungsgatan, Drottninggatan, Skolgatan, Kyrkogatan, Järnvägsgatan, Björkvägen, Parkgatan, Strandvägen, Ängsvägen`,
)
const danish = list(
  `Nørregade, Vestergade, Østergade, Søndergade, Skolegade, Kirkevej, Strandvejen, Bakkevej, Algade, Møllevej`,
)
const norwegian = list(
  `Parkveien, Storgata, Kirkegata, Skoleveien, Bjørkeveien, Strandgata, Kongens gate, Granveien, Solveien, Fjellveien`,
)
const finnish = list(
  `Mannerheimintie, Kirkkokatu, Asematie, Koulukatu, Koivutie, Rantatie, Puistokatu, Hämeenkatu, Mäntytie, Satamakatu`,
)
const polish = list(
  `ulica Nowy Świat, ulica Polna, ulica Leśna, ulica Słoneczna, ulica Krótka, ulica Szkolna, ulica Ogrodowa, ulica Lipowa,
ulica Kwiatowa, aleja Jana Pawła II, ulica Mickiewicza, ulica Kościuszki`,
)
const czech = list(
  `Dlouhá, Hlavní, Školní, Nádražní, Zahradní, Husova, Na Příkopě, Polní, Komenského, Lipová, Krátká, Masarykova`,
)
const japanese = list(
  `桜通り, 本町, 中央通り, 駅前通り, 緑町, 栄町, 旭町, 若松町, 港町, 花園町, 青葉通り, 富士見町`,
)
const romanJapanese = list(
  `Sakura-dori, Honmachi, Chuo-dori, Ekimae-dori, Midoricho, Sakaecho, Asahicho, Wakamatsucho, Minatomachi, Aoba-dori`,
)
const chinese = list(
  `人民路, 中山路, 解放路, 建设路, 和平路, 新华路, 长江路, 文化路, 胜利路, 花园路, 学院路, 北京路`,
)

const STREETS: Readonly<Record<string, Streets>> = {
  DE: { names: german, numberFirst: false },
  AT: { names: german, numberFirst: false },
  CH: { names: german, numberFirst: false },
  FR: { names: french, numberFirst: true },
  ES: { names: spanish, numberFirst: false },
  MX: { names: spanish, numberFirst: false },
  IT: { names: italian, numberFirst: false },
  PT: { names: portuguese, numberFirst: false },
  BR: { names: portuguese, numberFirst: false },
  NL: { names: dutch, numberFirst: false },
  BE: { names: dutch, numberFirst: false },
  SE: { names: swedish, numberFirst: false },
  DK: { names: danish, numberFirst: false },
  NO: { names: norwegian, numberFirst: false },
  FI: { names: finnish, numberFirst: false },
  PL: { names: polish, numberFirst: false },
  CZ: { names: czech, numberFirst: false },
  JP: { names: romanJapanese, numberFirst: false },
  CN: { names: chinese, numberFirst: false },
}
const ENGLISH: Streets = { names: englishStreets, numberFirst: true }

/** The streets of a country; `native` takes Japan's in its own script. English where a country has no list. */
export function streetsOf(country: string, native = false): Streets {
  if (native && country === 'JP') return { names: japanese, numberFirst: false }
  return STREETS[country] ?? ENGLISH
}
