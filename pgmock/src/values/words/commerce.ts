// A shop's vocabulary, by category. `nouns` carry the price band in whole units of money: a lamp costs lamp money.

export type Category = {
  readonly name: string
  readonly slug: string
  readonly code: string
  readonly summary: string
  /** `{adjective} {material} {noun}`: parts of a product's name. */
  readonly patterns: readonly string[]
  readonly adjectives: readonly string[]
  readonly materials: readonly string[]
  readonly nouns: readonly { readonly name: string; readonly low: number; readonly high: number }[]
  readonly features: readonly string[]
  readonly uses: readonly string[]
}

function category(
  name: string,
  code: string,
  summary: string,
  parts: {
    patterns: string
    adjectives: string
    materials: string
    nouns: string
    features: string
    uses: string
  },
): Category {
  return {
    name,
    code,
    summary,
    slug: name
      .toLowerCase()
      .replaceAll('&', 'and')
      .replaceAll(/[^a-z]+/g, '-'),
    patterns: list(parts.patterns),
    adjectives: list(parts.adjectives),
    materials: list(parts.materials),
    features: list(parts.features),
    uses: list(parts.uses),
    nouns: list(parts.nouns).map((noun) => {
      const [, text, low, high] = /^(.*) (\d+)-(\d+)$/.exec(noun)!
      return { name: text!, low: Number(low), high: Number(high) }
    }),
  }
}

function list(text: string): string[] {
  return text.split(';').map((item) => item.trim())
}

export const categories: readonly Category[] = [
  category(
    'Electronics',
    'ELE',
    'Headphones, chargers, lamps that listen and everything that needs a cable.',
    {
      patterns: '{brand} {adjective} {noun}; {brand} {noun} {model}; {brand} {noun} {model}',
      adjectives: 'Wireless; Compact; Portable; Smart; Noise-Cancelling; Rechargeable; Foldable; Waterproof',
      materials: 'aluminium; recycled plastic; anodised metal; matte polycarbonate; tempered glass; silicone',
      nouns:
        'Headphones 49-249; Earbuds 29-159; Bluetooth Speaker 25-179; Power Bank 19-79; Webcam 29-129; Keyboard 35-169; Mouse 15-89; Monitor Stand 25-95; Charging Dock 19-69; Action Camera 89-349; E-Reader 89-229; Smart Plug 12-39; Desk Microphone 39-189; Tablet 149-599; Fitness Watch 49-299; Docking Station 59-239; Projector 119-549; Router 45-219',
      features:
        'up to 30 hours on one charge; pairs with two devices at once; charges over USB-C; a physical mute switch; firmware updates without an account; replaceable battery; a two-metre braided cable; low latency for games and film; folds flat into the supplied case',
      uses: 'long train rides; a small home office; the kitchen counter; video calls; travelling light; late-night films',
    },
  ),
  category('Home & Kitchen', 'HOM', 'Pots, pans, lamps and linen for rooms people live in.', {
    patterns: '{adjective} {material} {noun}; {material} {noun}; {brand} {adjective} {noun}',
    adjectives: 'Classic; Hand-Finished; Everyday; Nordic; Rustic; Stackable; Large; Heirloom',
    materials: 'Cast Iron; Stoneware; Oak; Linen; Stainless Steel; Bamboo; Copper; Walnut; Enamel',
    nouns:
      'Casserole 39-189; Frying Pan 25-119; Chef Knife 29-149; Chopping Board 18-79; Table Lamp 29-139; Throw Blanket 25-99; Dinner Plate Set 35-129; Coffee Grinder 29-159; Kettle 25-119; Storage Jar 9-35; Duvet Cover 45-169; Salad Bowl 19-69; Bread Box 25-79; Wall Clock 19-89; Serving Tray 18-65; Pour-Over Set 22-75; Candle Holder 9-45; Bath Towel Set 25-95',
    features:
      'oven-safe to 260 °C; dishwasher safe; seasoned and ready to use; ten-year guarantee; stacks to save a shelf; made in small batches; a lid that seals; gets better with age; no coatings that peel',
    uses: 'weeknight dinners; slow Sunday cooking; a table of eight; small kitchens; wedding gifts; first flats',
  }),
  category('Books', 'BOO', 'Novels, histories and cookbooks, new and used.', {
    patterns:
      'The {adjective} {noun}; {material} and the {noun}; A {noun} of {material}; The {noun} of {material}',
    adjectives:
      'Silent; Last; Hidden; Borrowed; Northern; Forgotten; Paper; Second; Crooked; Quiet; Salt; Winter',
    materials:
      'Ashes; Rivers; Glass; Exile; Honey; Small Hours; Stone; Ordinary Days; Saltwater; Light; Distance; Bread',
    nouns:
      'Cartographer 9-29; Garden 8-26; Lighthouse 9-24; Orchard 8-25; Apprentice 9-27; Harbour 8-24; Archive 12-39; Daughter 9-25; Letter 8-22; Map 12-45; Season 9-24; History 14-49; Kitchen 15-42; Witness 9-26; Country 10-32; Clockmaker 9-27; Island 8-24',
    features:
      'shortlisted for two prizes; with a new foreword; includes maps and notes; the paperback edition; set over one long summer; translated for the first time; with an index worth reading; illustrated throughout',
    uses: 'long evenings; book clubs; readers of slow mysteries; anyone who cooks by feel; the beach; a rainy weekend',
  }),
  category('Clothing', 'CLO', 'Clothes that outlast the season they were made for.', {
    patterns: '{adjective} {material} {noun}; {material} {noun}; {brand} {noun}',
    adjectives: 'Relaxed; Slim; Oversized; Quilted; Cropped; Lightweight; Vintage; Tailored',
    materials: 'Merino; Organic Cotton; Linen; Denim; Corduroy; Recycled Wool; Flannel; Cashmere; Tencel',
    nouns:
      'T-Shirt 15-45; Sweater 45-159; Jacket 69-279; Chinos 39-109; Overshirt 55-149; Socks 8-22; Beanie 15-45; Scarf 19-89; Raincoat 79-229; Dress 49-179; Cardigan 49-149; Jeans 59-149; Hoodie 39-99; Skirt 35-99; Polo Shirt 29-79; Parka 119-349; Trousers 49-129; Gloves 15-65',
    features:
      'pre-washed, so it will not shrink; reinforced at the elbows; two deep pockets; corozo buttons; knitted in one piece; traceable to the mill; mends well; true to size; breathes on warm days',
    uses: 'cold mornings; the office and after; layering; weekends outdoors; travelling with one bag; bike commutes',
  }),
  category('Toys & Games', 'TOY', 'Blocks, boards and puzzles for every age.', {
    patterns: '{adjective} {noun}; {material} {noun}; {adjective} {material} {noun}',
    adjectives: 'Giant; My First; Magnetic; Cooperative; Rainbow; Pocket; Jungle; Deluxe; Glow-in-the-Dark',
    materials: 'Wooden; Felt; Cardboard; Beechwood; Cotton; Maple',
    nouns:
      'Building Blocks 15-79; Puzzle 9-35; Board Game 19-65; Train Set 29-129; Memory Game 9-25; Play Kitchen 59-189; Marble Run 25-89; Doll 15-59; Kite 12-45; Card Game 8-25; Balance Bike 59-149; Stacking Tower 9-29; Craft Kit 12-39; Toy Piano 25-79; Chess Set 25-129; Spinning Top 6-19; Farm Animals 15-49',
    features:
      'no batteries; tested for little hands; rules fit on one page; packs away in a cotton bag; water-based paints; grows with the child; plays in twenty minutes; spare parts for free',
    uses: 'rainy afternoons; birthdays; two to six players; nursery shelves; family evenings; long car journeys',
  }),
  category('Sports & Outdoors', 'SPO', 'Gear for trails, tents, pools and living-room floors.', {
    patterns: '{brand} {adjective} {noun}; {adjective} {noun}; {brand} {noun} {model}',
    adjectives: 'Ultralight; All-Weather; Insulated; Trail; Folding; Packable; Pro; Alpine; Adjustable',
    materials: 'ripstop nylon; recycled polyester; aluminium; cork; natural rubber; merino',
    nouns:
      'Backpack 45-219; Tent 89-449; Sleeping Bag 59-279; Yoga Mat 19-89; Water Bottle 12-45; Trekking Poles 29-129; Headlamp 19-79; Running Vest 35-119; Camp Stove 29-149; Resistance Bands 9-35; Bike Helmet 35-149; Dumbbell Set 29-159; Hammock 29-99; Dry Bag 12-49; Climbing Harness 45-119; Swim Goggles 12-45; Camp Chair 25-119',
    features:
      'weighs less than it looks; taped seams; packs to the size of a loaf; reflective details; lifetime repairs; tested above the tree line; quick-dry lining; one-handed adjustment',
    uses: 'weekend hikes; wet commutes; the gym bag; two nights out; winter training; summits and sofas',
  }),
  category('Beauty', 'BEA', 'Soaps, oils and creams with short lists of ingredients.', {
    patterns: '{adjective} {material} {noun}; {material} {noun}; {brand} {material} {noun}',
    adjectives: 'Gentle; Nourishing; Daily; Unscented; Overnight; Brightening; Calming; Rich',
    materials: 'Rosehip; Oat; Sea Salt; Lavender; Argan; Green Tea; Calendula; Charcoal; Almond; Cedar',
    nouns:
      'Face Cream 12-59; Soap Bar 4-14; Shampoo 8-29; Body Oil 14-49; Hand Cream 6-24; Face Mask 9-35; Lip Balm 3-12; Serum 18-79; Bath Salts 8-29; Beard Oil 12-35; Cleanser 9-34; Deodorant 6-18; Scrub 10-32; Conditioner 8-29; Sunscreen 12-35; Toner 9-32',
    features:
      'fragrance-free; never tested on animals; refillable glass; for sensitive skin; made in weekly batches; absorbs without a trace; eight ingredients, all readable; lasts about three months',
    uses: 'dry winters; a calm morning; after the pool; gym bags; sensitive skin; gifts that get used',
  }),
  category('Garden', 'GAR', 'Tools, seeds and pots for balconies and acres.', {
    patterns: '{adjective} {material} {noun}; {material} {noun}; {adjective} {noun}',
    adjectives: 'Long-Handled; Sturdy; Heritage; Compact; Self-Watering; Weatherproof; Forged; Balcony',
    materials: 'Terracotta; Galvanised; Ash-Handled; Copper; Cedar; Zinc; Willow; Carbon Steel',
    nouns:
      'Watering Can 15-69; Pruning Shears 15-79; Plant Pot 6-49; Spade 25-89; Seed Box 9-29; Garden Gloves 8-25; Bird Feeder 12-49; Raised Bed 49-189; Trowel 8-35; Hose Reel 35-129; Compost Bin 29-119; Lantern 15-65; Trellis 15-59; Rake 15-59; Parasol 49-219; Bench 89-349; Herb Planter 15-55',
    features:
      'stays sharp for seasons; frost-proof; balanced in the hand; drains well; fits a narrow balcony; spare blades available; will outlive the shed; rust-free',
    uses: 'spring planting; small balconies; roses and hedges; vegetable beds; winter birds; evenings outside',
  }),
  category('Pet Supplies', 'PET', 'For dogs, cats and the people they own.', {
    patterns: '{adjective} {noun}; {material} {noun}; {brand} {noun}',
    adjectives: 'Cosy; Chew-Proof; Orthopaedic; Adjustable; Calming; Foldable; Washable; Grain-Free',
    materials: 'Hemp; Leather; Felt; Cotton Rope; Ceramic; Wicker; Fleece',
    nouns:
      'Dog Bed 29-129; Cat Tree 39-189; Leash 12-49; Collar 9-39; Food Bowl 8-35; Scratching Post 19-79; Chew Toy 5-22; Travel Carrier 29-109; Dog Coat 22-79; Treats 4-18; Grooming Brush 9-32; Litter Box 19-89; Water Fountain 22-69; Harness 18-59; Cat Blanket 15-45; Puzzle Feeder 12-39',
    features:
      'machine washable; strong stitching; non-slip base; for small to large breeds; replaceable parts; quiet motor; approved by our own dogs; easy to clean',
    uses: 'puppies that chew; senior dogs; flats without gardens; long drives; curious cats; wet walks',
  }),
  category('Office', 'OFF', 'Paper, pens and furniture for work that needs thinking.', {
    patterns: '{adjective} {material} {noun}; {brand} {noun}; {adjective} {noun}',
    adjectives: 'A5; Refillable; Minimal; Ergonomic; Executive; Dotted; Standing; Slim',
    materials: 'Leather; Brass; Recycled Paper; Oak; Felt; Linen; Steel; Cork',
    nouns:
      'Notebook 6-29; Fountain Pen 19-119; Desk Organiser 15-69; Office Chair 99-449; Desk Lamp 25-119; Document Tray 9-35; Planner 12-39; Desk Mat 15-59; Pencil Case 9-35; Laptop Stand 22-89; Footrest 19-65; Whiteboard 25-129; Stapler 8-35; Card Holder 12-49; Filing Cabinet 79-289; Rollerball Set 12-45',
    features:
      'lies flat when open; paper that takes ink well; assembles without tools; numbered pages; tidy cable channel; adjusts in three directions; refills in every stationery shop; ten-year frame guarantee',
    uses: 'deep work; shared desks; lists that end; the home office; meeting notes; long days',
  }),
  category('Food & Drink', 'FOO', 'Coffee, tea and a pantry worth opening.', {
    patterns: '{adjective} {material} {noun}; {material} {noun}; {brand} {material} {noun}',
    adjectives: 'Single-Origin; Organic; Small-Batch; Smoked; Cold-Pressed; Raw; Stone-Ground; Aged',
    materials: 'Ethiopian; Sicilian; Highland; Wildflower; Dark; Sencha; Basque; Forest; Sea Salt; Orchard',
    nouns:
      'Coffee Beans 8-29; Olive Oil 9-35; Honey 6-22; Chocolate 3-14; Black Tea 6-24; Granola 5-14; Jam 4-12; Hot Sauce 5-15; Pasta 3-11; Vinegar 6-24; Biscuits 4-14; Spice Mix 4-13; Nut Butter 5-15; Chutney 4-12; Cider 6-19; Almonds 6-19',
    features:
      'roasted to order; from one family farm; no added sugar; harvested by hand; keeps for a year; best before breakfast; comes in a reusable tin; won a local prize and deserved it',
    uses: 'slow breakfasts; cheese boards; hampers; afternoon breaks; midweek pasta; gifts for hosts',
  }),
  category('Jewellery', 'JEW', 'Rings, chains and small things that shine.', {
    patterns: '{material} {noun}; {adjective} {material} {noun}; {adjective} {noun}',
    adjectives: 'Fine; Hammered; Twisted; Minimal; Vintage; Engraved; Asymmetric; Tiny',
    materials: 'Sterling Silver; Gold Vermeil; Recycled Gold; Pearl; Moonstone; Brass; Garnet; Turquoise',
    nouns:
      'Ring 19-189; Necklace 25-219; Hoop Earrings 15-119; Bracelet 19-149; Stud Earrings 12-89; Pendant 19-139; Signet Ring 45-249; Anklet 15-65; Cufflinks 25-119; Brooch 15-89; Chain 25-199; Ear Cuff 9-49; Locket 35-159; Bangle 25-149',
    features:
      'made to order; nickel-free; hallmarked; comes in a small linen pouch; adjustable; hand-polished; stones chosen by eye; resized for free once',
    uses: 'every day; anniversaries; stacking; new beginnings; sensitive ears; a gift to yourself',
  }),
]

export const brands =
  `Norrfell Calderon Brightwell Ostrava Kestrel Lumenor Havnå Tidewater Ardent Fernhill Quillon Sableway
Wintergreen Copperline Marlowe Oakridge Vantor Helix Solenne Bramble Pinecrest Aurelle Rookery Stillwater Tamarin Ivarsson
Greyfriar Lindgrove Montrose Elderfield Kaskade Verano Thornbury Nimbral Foxworth Cinderly Alderbrook Zephyra`.split(
    /\s+/,
  )

export const colors = [
  ['Black', '#111111'],
  ['White', '#fafafa'],
  ['Navy', '#1f2a44'],
  ['Grey', '#8a8d91'],
  ['Olive', '#6b7042'],
  ['Blue', '#2f6db5'],
  ['Red', '#b3272d'],
  ['Green', '#3f7d4e'],
  ['Beige', '#d9c9a8'],
  ['Brown', '#6f4e37'],
  ['Mustard', '#d1a02b'],
  ['Burgundy', '#6d1f2f'],
  ['Teal', '#1f7a7a'],
  ['Pink', '#e3a6b5'],
  ['Cream', '#f3ead7'],
  ['Orange', '#d96b27'],
  ['Lavender', '#b9a7d6'],
  ['Charcoal', '#36393d'],
  ['Sky', '#8fbfe0'],
  ['Rust', '#a4512c'],
] as const

export const shopWords = {
  first:
    `Copper Harbour Juniper Little Northern Old Oak Willow Amber Blue Cedar Foundry Golden Marsh Paper Quiet River Salt
Silver Stone Thistle Velvet Wild Winter Magpie Lantern Orchard Anchor Meadow Ember`.split(/\s+/),
  second: [
    'Goods',
    '& Pine',
    'Workshop',
    'Supply Co.',
    'Trading',
    '& Sons',
    'Outfitters',
    'Studio',
    'Market',
    'Collective',
    'House',
    'Makers',
    'Store',
    'Mercantile',
    'Atelier',
    'Depot',
    '& Daughters',
    'Provisions',
  ],
}

/** Sentences of a review by stars; {thing} is the product, {use} something of its category. */
/** Headlines by stars; the text below them comes from the corpora `review-…`. */
export const reviewTitles: Readonly<Record<1 | 2 | 3 | 4 | 5, readonly string[]>> = {
  5: [
    'Exactly what I hoped for',
    'Would buy again',
    'Lovely',
    'Better than the pictures',
    'Worth every penny',
    'My new favourite',
    'Perfect gift',
    'Five stars, no hesitation',
  ],
  4: [
    'Very good',
    'Nearly perfect',
    'Happy with it',
    'Good value',
    'Solid choice',
    'Does the job well',
    'Pleasantly surprised',
  ],
  3: ['It is fine', 'Decent, not great', 'Mixed feelings', 'Okay for the price', 'Average'],
  2: ['Disappointed', 'Not for me', 'Expected more', 'Looks better online'],
  1: ['Broken on arrival', 'Sent it back', 'Avoid', 'Never again'],
}

/** Shape of stars in real shops: mostly five, then four, then the angry one. */
export const ratingWeights = [8, 5, 10, 24, 53] as const
