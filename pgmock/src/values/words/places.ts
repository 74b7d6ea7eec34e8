// Places whose parts fit together: city, region, region code, country code, postcode pattern (# is a digit, @ a letter),
// latitude, longitude, time zone, telephone pattern. Largest senders of orders first. Telephone patterns use the ranges
// kept free for fiction where a country has one (555-01xx; Ofcom's 7946 0xxx and 1632 960xxx).

export type Place = {
  readonly city: string
  readonly region: string
  readonly regionCode: string
  readonly country: string
  readonly postcode: string
  readonly latitude: number
  readonly longitude: number
  readonly zone: string
  readonly phone: string
}

const LINES = `New York|New York|NY|US|100##|40.71|-74.01|America/New_York|+1 212 555 01##
London|England|ENG|GB|SW#A #AA|51.51|-0.13|Europe/London|+44 20 7946 0###
Los Angeles|California|CA|US|900##|34.05|-118.24|America/Los_Angeles|+1 213 555 01##
Berlin|Berlin|BE|DE|10###|52.52|13.40|Europe/Berlin|+49 30 23125###
Paris|Île-de-France|IDF|FR|750##|48.86|2.35|Europe/Paris|+33 1 99 00 ## ##
Chicago|Illinois|IL|US|606##|41.88|-87.63|America/Chicago|+1 312 555 01##
Madrid|Madrid|MD|ES|280##|40.42|-3.70|Europe/Madrid|+34 910 55# ###
Toronto|Ontario|ON|CA|M#B #C#|43.65|-79.38|America/Toronto|+1 416 555 01##
Houston|Texas|TX|US|770##|29.76|-95.37|America/Chicago|+1 713 555 01##
Manchester|England|ENG|GB|M# #EH|53.48|-2.24|Europe/London|+44 161 496 0###
Munich|Bavaria|BY|DE|80###|48.14|11.58|Europe/Berlin|+49 89 99998###
Seattle|Washington|WA|US|981##|47.61|-122.33|America/Los_Angeles|+1 206 555 01##
Amsterdam|North Holland|NH|NL|10## AB|52.37|4.90|Europe/Amsterdam|+31 20 555 ####
Barcelona|Catalonia|CT|ES|080##|41.39|2.17|Europe/Madrid|+34 930 55# ###
Hamburg|Hamburg|HH|DE|20###|53.55|9.99|Europe/Berlin|+49 40 66969###
Boston|Massachusetts|MA|US|021##|42.36|-71.06|America/New_York|+1 617 555 01##
Sydney|New South Wales|NSW|AU|20##|-33.87|151.21|Australia/Sydney|+61 2 5550 ####
Milan|Lombardy|LOM|IT|201##|45.46|9.19|Europe/Rome|+39 02 5550 ####
Lyon|Auvergne-Rhône-Alpes|ARA|FR|6900#|45.76|4.84|Europe/Paris|+33 4 65 71 ## ##
Philadelphia|Pennsylvania|PA|US|191##|39.95|-75.17|America/New_York|+1 215 555 01##
Vancouver|British Columbia|BC|CA|V#B #G#|49.28|-123.12|America/Vancouver|+1 604 555 01##
Dublin|Leinster|L|IE|D0# X###|53.35|-6.26|Europe/Dublin|+353 20 91# ####
San Francisco|California|CA|US|941##|37.77|-122.42|America/Los_Angeles|+1 415 555 01##
Vienna|Vienna|9|AT|1##0|48.21|16.37|Europe/Vienna|+43 1 555 ####
Zürich|Zürich|ZH|CH|80##|47.38|8.54|Europe/Zurich|+41 44 555 ## ##
Stockholm|Stockholm|AB|SE|11# ##|59.33|18.07|Europe/Stockholm|+46 8 465 004 ##
Edinburgh|Scotland|SCT|GB|EH# #QS|55.95|-3.19|Europe/London|+44 131 496 0###
Melbourne|Victoria|VIC|AU|30##|-37.81|144.96|Australia/Melbourne|+61 3 5550 ####
Denver|Colorado|CO|US|802##|39.74|-104.99|America/Denver|+1 303 555 01##
Rome|Lazio|LAZ|IT|001##|41.90|12.50|Europe/Rome|+39 06 5550 ####
Austin|Texas|TX|US|787##|30.27|-97.74|America/Chicago|+1 512 555 01##
Cologne|North Rhine-Westphalia|NW|DE|50###|50.94|6.96|Europe/Berlin|+49 221 4710###
Brussels|Brussels|BRU|BE|1##0|50.85|4.35|Europe/Brussels|+32 2 555 ## ##
Copenhagen|Capital Region|84|DK|21##|55.68|12.57|Europe/Copenhagen|+45 32 55 ## ##
Lisbon|Lisbon|11|PT|1##0-###|38.72|-9.14|Europe/Lisbon|+351 21 555 ####
Portland|Oregon|OR|US|972##|45.52|-122.68|America/Los_Angeles|+1 503 555 01##
Montréal|Quebec|QC|CA|H#B #A#|45.50|-73.57|America/Toronto|+1 514 555 01##
Warsaw|Masovia|MZ|PL|0#-###|52.23|21.01|Europe/Warsaw|+48 22 555 ## ##
Frankfurt am Main|Hesse|HE|DE|60###|50.11|8.68|Europe/Berlin|+49 69 90009###
Atlanta|Georgia|GA|US|303##|33.75|-84.39|America/New_York|+1 404 555 01##
Marseille|Provence-Alpes-Côte d'Azur|PAC|FR|1300#|43.30|5.37|Europe/Paris|+33 4 91 99 ## ##
Valencia|Valencia|VC|ES|460##|39.47|-0.38|Europe/Madrid|+34 960 55# ###
Miami|Florida|FL|US|331##|25.76|-80.19|America/New_York|+1 305 555 01##
Rotterdam|South Holland|ZH|NL|30## CD|51.92|4.48|Europe/Amsterdam|+31 10 555 ####
Prague|Prague|PR|CZ|1#0 00|50.08|14.44|Europe/Prague|+420 255 55# ###
Oslo|Oslo|03|NO|01##|59.91|10.75|Europe/Oslo|+47 22 55 ## ##
Minneapolis|Minnesota|MN|US|554##|44.98|-93.27|America/Chicago|+1 612 555 01##
Leeds|England|ENG|GB|LS# #BT|53.80|-1.55|Europe/London|+44 113 496 0###
Stuttgart|Baden-Württemberg|BW|DE|70###|48.78|9.18|Europe/Berlin|+49 711 5550###
Turin|Piedmont|PMN|IT|101##|45.07|7.69|Europe/Rome|+39 011 5550 ###
Porto|Porto|13|PT|4##0-###|41.15|-8.61|Europe/Lisbon|+351 22 555 ####
Helsinki|Uusimaa|18|FI|00##0|60.17|24.94|Europe/Helsinki|+358 9 555 ####
Phoenix|Arizona|AZ|US|850##|33.45|-112.07|America/Phoenix|+1 602 555 01##
Auckland|Auckland|AUK|NZ|10##|-36.85|174.76|Pacific/Auckland|+64 9 555 ####
Nashville|Tennessee|TN|US|372##|36.16|-86.78|America/Chicago|+1 615 555 01##
Ghent|East Flanders|VOV|BE|90##|51.05|3.72|Europe/Brussels|+32 9 555 ## ##
Gothenburg|Västra Götaland|O|SE|41# ##|57.71|11.97|Europe/Stockholm|+46 31 390 06 ##
Kraków|Lesser Poland|MA|PL|3#-###|50.06|19.94|Europe/Warsaw|+48 12 555 ## ##
Bristol|England|ENG|GB|BS# #TR|51.45|-2.59|Europe/London|+44 117 496 0###
Tokyo|Tokyo|13|JP|1##-00##|35.68|139.69|Asia/Tokyo|+81 3 5550 ####
Singapore|Singapore|01|SG|0#####|1.35|103.82|Asia/Singapore|+65 6555 ####
Salt Lake City|Utah|UT|US|841##|40.76|-111.89|America/Denver|+1 801 555 01##`

export const places: readonly Place[] = LINES.split('\n').map((line) => {
  const [city, region, regionCode, country, postcode, latitude, longitude, zone, phone] = line.split('|')
  return {
    city: city!,
    region: region!,
    regionCode: regionCode!,
    country: country!,
    postcode: postcode!,
    latitude: Number(latitude),
    longitude: Number(longitude),
    zone: zone!,
    phone: phone!,
  }
})

export type Country = { readonly code: string; readonly name: string; readonly currency: string }

export const countries: readonly Country[] = `US|United States|USD
GB|United Kingdom|GBP
DE|Germany|EUR
FR|France|EUR
ES|Spain|EUR
CA|Canada|CAD
NL|Netherlands|EUR
AU|Australia|AUD
IT|Italy|EUR
IE|Ireland|EUR
AT|Austria|EUR
CH|Switzerland|CHF
SE|Sweden|SEK
BE|Belgium|EUR
DK|Denmark|DKK
PT|Portugal|EUR
PL|Poland|PLN
CZ|Czechia|CZK
NO|Norway|NOK
FI|Finland|EUR
NZ|New Zealand|NZD
JP|Japan|JPY
SG|Singapore|SGD`
  .split('\n')
  .map((line) => {
    const [code, name, currency] = line.split('|')
    return { code: code!, name: name!, currency: currency! }
  })

/** Street names by the country's own habit: number before or after the name. */
export const streets: Readonly<Record<'before' | 'after', readonly string[]>> = {
  before: [
    'Main Street',
    'Oak Avenue',
    'Park Road',
    'Maple Street',
    'Church Street',
    'Cedar Lane',
    'High Street',
    'Mill Road',
    'Station Road',
    'Washington Avenue',
    'Lake View Drive',
    'Elm Street',
    'Victoria Road',
    'Pine Street',
    'Hillcrest Avenue',
    'Orchard Lane',
    'River Road',
    'King Street',
    'Sunset Boulevard',
    'Willow Way',
    'Market Street',
    'Chestnut Street',
    'Queen Street',
    'Meadow Lane',
    'Spring Garden',
    'Harbour Street',
    'Jefferson Street',
    'Garden Terrace',
    'Birch Close',
    'Franklin Street',
    'North Road',
    'Highland Avenue',
    'Mulberry Court',
    'Bridge Street',
    'Foxglove Crescent',
  ],
  after: [
    'Hauptstraße',
    'Bahnhofstraße',
    'Gartenweg',
    'Lindenallee',
    'Schulstraße',
    'Via Roma',
    'Via Garibaldi',
    'Calle Mayor',
    'Calle del Sol',
    'Rua da Liberdade',
    'Kerkstraat',
    'Dorpsstraat',
    'Storgatan',
    'Kungsgatan',
    'Nørregade',
    'Parkveien',
    'Goethestraße',
    'Rosenweg',
    'Am Marktplatz',
    'Calle Nueva',
    'Via Dante',
    'Rua Augusta',
    'Molenweg',
    'Mannerheimintie',
    'Nowy Świat',
    'Dlouhá',
    'Kirchgasse',
    'Buchenweg',
    'Mozartstraße',
    'Avenida da República',
  ],
}
