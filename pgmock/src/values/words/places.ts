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
  /** Set where the names are in the place's own language; undefined for the English list everybody draws from. */
  readonly locale: string | undefined
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

/** `locale` marks places in their own language and script, drawn only where a column or table asks for them. */
const LOCAL_LINES = `de|Berlin|Berlin|BE|DE|10###|52.52|13.40|Europe/Berlin|+49 30 23125###
de|München|Bayern|BY|DE|80###|48.14|11.58|Europe/Berlin|+49 89 99998###
de|Hamburg|Hamburg|HH|DE|20###|53.55|9.99|Europe/Berlin|+49 40 66969###
de|Köln|Nordrhein-Westfalen|NW|DE|50###|50.94|6.96|Europe/Berlin|+49 221 4710###
de|Frankfurt am Main|Hessen|HE|DE|60###|50.11|8.68|Europe/Berlin|+49 69 90009###
de|Wien|Wien|9|AT|1##0|48.21|16.37|Europe/Vienna|+43 1 555 ####
de|Zürich|Zürich|ZH|CH|80##|47.38|8.54|Europe/Zurich|+41 44 555 ## ##
fr|Paris|Île-de-France|IDF|FR|750##|48.86|2.35|Europe/Paris|+33 1 99 00 ## ##
fr|Lyon|Auvergne-Rhône-Alpes|ARA|FR|6900#|45.76|4.84|Europe/Paris|+33 4 65 71 ## ##
fr|Marseille|Provence-Alpes-Côte d'Azur|PAC|FR|1300#|43.30|5.37|Europe/Paris|+33 4 65 71 ## ##
fr|Toulouse|Occitanie|OCC|FR|310##|43.60|1.44|Europe/Paris|+33 5 36 49 ## ##
fr|Nantes|Pays de la Loire|PDL|FR|440##|47.22|-1.55|Europe/Paris|+33 2 61 91 ## ##
fr|Strasbourg|Grand Est|GES|FR|670##|48.57|7.75|Europe/Paris|+33 3 53 01 ## ##
es|Madrid|Comunidad de Madrid|MD|ES|280##|40.42|-3.70|Europe/Madrid|+34 910 55# ###
es|Barcelona|Cataluña|CT|ES|080##|41.39|2.17|Europe/Madrid|+34 930 55# ###
es|Valencia|Comunidad Valenciana|VC|ES|460##|39.47|-0.38|Europe/Madrid|+34 960 55# ###
es|Sevilla|Andalucía|AN|ES|410##|37.39|-5.98|Europe/Madrid|+34 955 55# ###
es|Ciudad de México|Ciudad de México|CMX|MX|06###|19.43|-99.13|America/Mexico_City|+52 55 5550 ####
es|Guadalajara|Jalisco|JAL|MX|44###|20.67|-103.35|America/Mexico_City|+52 33 5550 ####
pt|São Paulo|São Paulo|SP|BR|01###-###|-23.55|-46.63|America/Sao_Paulo|+55 11 5550-####
pt|Rio de Janeiro|Rio de Janeiro|RJ|BR|20###-###|-22.91|-43.17|America/Sao_Paulo|+55 21 5550-####
pt|Belo Horizonte|Minas Gerais|MG|BR|30###-###|-19.92|-43.94|America/Sao_Paulo|+55 31 5550-####
pt|Curitiba|Paraná|PR|BR|80###-###|-25.43|-49.27|America/Sao_Paulo|+55 41 5550-####
pt|Lisboa|Lisboa|11|PT|1##0-###|38.72|-9.14|Europe/Lisbon|+351 21 555 ####
pt|Porto|Porto|13|PT|4##0-###|41.15|-8.61|Europe/Lisbon|+351 22 555 ####
ja|東京都千代田区|東京都|13|JP|10#-00##|35.69|139.75|Asia/Tokyo|+81 3 5550 ####
ja|横浜市|神奈川県|14|JP|22#-00##|35.44|139.64|Asia/Tokyo|+81 45 555 ####
ja|大阪市|大阪府|27|JP|53#-00##|34.69|135.50|Asia/Tokyo|+81 6 5550 ####
ja|名古屋市|愛知県|23|JP|46#-00##|35.18|136.91|Asia/Tokyo|+81 52 555 ####
ja|札幌市|北海道|01|JP|06#-00##|43.06|141.35|Asia/Tokyo|+81 11 555 ####
ja|福岡市|福岡県|40|JP|81#-00##|33.59|130.40|Asia/Tokyo|+81 92 555 ####
ja|京都市|京都府|26|JP|60#-80##|35.01|135.77|Asia/Tokyo|+81 75 555 ####
zh|上海市|上海市|SH|CN|2000##|31.23|121.47|Asia/Shanghai|+86 21 5550 ####
zh|北京市|北京市|BJ|CN|1000##|39.90|116.41|Asia/Shanghai|+86 10 5550 ####
zh|深圳市|广东省|GD|CN|5180##|22.54|114.06|Asia/Shanghai|+86 755 5550 ####
zh|广州市|广东省|GD|CN|5100##|23.13|113.26|Asia/Shanghai|+86 20 5550 ####
zh|成都市|四川省|SC|CN|6100##|30.57|104.07|Asia/Shanghai|+86 28 5550 ####
zh|杭州市|浙江省|ZJ|CN|3100##|30.27|120.15|Asia/Shanghai|+86 571 5550 ####`

export const places: readonly Place[] = [
  ...LINES.split('\n').map((line) => placeOf(line, undefined)),
  ...LOCAL_LINES.split('\n').map((line) => placeOf(line.slice(3), line.slice(0, 2))),
]

function placeOf(line: string, locale: string | undefined): Place {
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
    locale,
  }
}

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
SG|Singapore|SGD
MX|Mexico|MXN
BR|Brazil|BRL
CN|China|CNY`
  .split('\n')
  .map((line) => {
    const [code, name, currency] = line.split('|')
    return { code: code!, name: name!, currency: currency! }
  })
