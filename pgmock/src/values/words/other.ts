export const companyWords = {
  first:
    `Apex Blue Ridge Cascade Delta Evergreen Falcon Granite Horizon Ironwood Juniper Keystone Lakeside Meridian Northstar
Orion Pinnacle Quantum Redwood Summit Trident Union Vertex Westbrook Zenith Beacon Crescent Dynamo Elmwood Fairview Glacier
Harvest Insight Latitude Monarch Nova Oakmont Pioneer Sterling Tandem Vista Willow Atlas`.split(/\s+/),
  second:
    `Systems Logistics Partners Foods Energy Software Health Consulting Media Industries Dynamics Labs Group Textiles
Analytics Robotics Motors Capital Pharma Networks Builders Interiors Airways Solutions`.split(/\s+/),
  suffix: ['Inc.', 'Ltd', 'GmbH', 'LLC', 'S.A.', 'AG', 'B.V.', 'PLC', 'AB'],
}

export const industries = [
  'Retail',
  'Software',
  'Healthcare',
  'Manufacturing',
  'Logistics',
  'Education',
  'Finance',
  'Construction',
  'Hospitality',
  'Media',
  'Energy',
  'Agriculture',
  'Telecommunications',
  'Insurance',
  'Real Estate',
  'Automotive',
]

export const departments = [
  'Sales',
  'Engineering',
  'Support',
  'Marketing',
  'Operations',
  'Finance',
  'Human Resources',
  'Legal',
  'Product',
  'Purchasing',
  'Quality',
  'Research',
  'Security',
  'Facilities',
]

/** Under .example, which RFC 2606 keeps out of the real DNS. */
export const mailDomains = [
  'postbox.example',
  'mailhaven.example',
  'inbox.example',
  'quickmail.example',
  'letterbox.example',
  'webmail.example',
  'example.com',
  'example.org',
  'example.net',
  'fastpost.example',
  'homemail.example',
  'bluemail.example',
]

export const userAgents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0',
]

export const paths = [
  '/',
  '/products',
  '/cart',
  '/checkout',
  '/account',
  '/search',
  '/login',
  '/orders',
  '/help',
  '/about',
  '/blog',
  '/categories',
  '/wishlist',
  '/contact',
]

export const mimeTypes = [
  'image/jpeg',
  'application/pdf',
  'image/png',
  'text/plain',
  'application/json',
  'image/webp',
  'text/csv',
  'video/mp4',
  'application/zip',
]
export const fileStems =
  `report invoice photo contract scan summary notes budget plan logo receipt draft slides letter backup
statement manual brochure`.split(/\s+/)
export const fileEndings = ['jpg', 'pdf', 'png', 'docx', 'xlsx', 'txt', 'csv', 'webp', 'zip', 'mp4']

/** Subject and verb phrase: headlines of people at work. */
export const sentenceParts = {
  opening: [
    'The delivery',
    'The last invoice',
    'Our support team',
    'The new version',
    'This customer',
    'The second shipment',
    'The contract',
    'The weekly report',
    'The warehouse',
    'The meeting on Friday',
    'The updated form',
    'The supplier',
    'The test environment',
    'The spring catalogue',
    'The old account',
    'The first draft',
    'The local branch',
    'The return label',
  ],
  middle: [
    'was confirmed',
    'needs another look',
    'arrived earlier than planned',
    'has been moved',
    'is ready for review',
    'was sent',
    'still lacks a signature',
    'works as expected',
    'was closed',
    'will be checked',
    'has been updated',
    'was paid',
    'is on its way',
    'went well',
    'was postponed',
    'has two open questions',
    'came back',
    'is almost complete',
  ],
}

export const plainWords =
  `time work day week team order note plan price part place point case group number world house area
money story fact month book eye job word business issue side kind head result change morning reason research moment air teacher
force education foot boy age policy music market sense nation idea body information back parent face level office door health
person art war history party way event week company system program question government member power game line city community
name president minute river season garden window letter paper road summer winter bridge harbour forest mountain island`.split(
    /\s+/,
  )

export const timezones = [
  'UTC',
  'America/New_York',
  'Europe/Berlin',
  'Europe/London',
  'America/Los_Angeles',
  'Asia/Tokyo',
  'Australia/Sydney',
  'America/Sao_Paulo',
  'Asia/Kolkata',
]
export const languages = ['en', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'pl', 'sv', 'ja', 'zh']
export const locales = [
  'en-US',
  'en-GB',
  'de-DE',
  'fr-FR',
  'es-ES',
  'pt-BR',
  'it-IT',
  'nl-NL',
  'pl-PL',
  'sv-SE',
  'ja-JP',
]
export const statuses = ['active', 'inactive', 'pending', 'archived']
export const orderStatuses = ['delivered', 'shipped', 'paid', 'pending', 'cancelled', 'returned']
export const carriers = ['UPS', 'DHL', 'FedEx', 'USPS', 'DPD', 'Royal Mail', 'GLS', 'Hermes']
export const paymentMethods = [
  'card',
  'paypal',
  'bank_transfer',
  'apple_pay',
  'google_pay',
  'klarna',
  'gift_card',
]
export const cardBrands = ['visa', 'mastercard', 'amex', 'discover']
