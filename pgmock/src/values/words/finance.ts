export const finance = {
  accountTypes: 'checking, savings, credit_card, mortgage, investment, business',
  transactionTypes:
    'card_payment, transfer, direct_debit, standing_order, cash_withdrawal, deposit, fee, interest, refund, salary',
  transactionStatuses: 'booked, pending, reversed, failed',
  paymentStatuses: 'paid, pending, failed, refunded, cancelled',
  invoiceStatuses: 'paid, open, overdue, void, draft',
  merchants: `Corner Market, Green Grocer, Blue Bottle Café, City Transit, Northwind Fuel, Paper & Ink, Sunrise Bakery, Metro Gym,
Riverside Pharmacy, Cloud Nine Hosting, Little Italy Trattoria, Homeworks Hardware, Velo Repair, Page Turner Books, Bright
Optics, Oak Street Dental, Nimbus Mobile, Old Town Cinema, Garden Centre Lindner, Fernweh Travel, Kettle & Leaf, Atlas Airlines`,
  merchantCategories: `Groceries, Restaurants, Fuel, Public transport, Clothing, Pharmacy, Online shopping, Utilities, Travel,
Entertainment, Health, Electronics, Home, Insurance, Education`,
  mccs: ['5411', '5812', '5541', '4111', '5651', '5912', '5732', '4900', '4722', '7832', '8011', '5200'],
  banks: `Harbour Bank, First Meridian, Nordstern Bank, Alder & Sons, Lakeside Savings, Banco Aurora, Crédit Rivière, Unity Bank,
Summit Trust, Old Mill Bank, Sparkasse Lindental, Pacific Crown`,
  tickers:
    'NWND, ALDR, HRBR, SUMT, OAKT, VELO, LMNA, KITE, RVRS, PINE, FROS, CNDR, BRTH, QLTR, GRNT, EMBR, TIDL, MESA',
  exchanges: ['XNYS', 'XNAS', 'XLON', 'XETR', 'XPAR', 'XAMS', 'XTKS', 'XSWX', 'XHKG'],
  assetClasses: 'equity, fund, bond, cash, commodity, property',
  loanPurposes:
    'car, home improvement, debt consolidation, house, education, wedding, medical, business, holiday',
  riskRatings: ['A', 'BBB', 'AA', 'BB', 'AAA', 'B', 'CCC', 'D'],
  expenses: `Travel, Meals, Software, Office supplies, Accommodation, Mileage, Training, Telephone, Marketing, Equipment, Postage`,
  currencyNames: [
    'US Dollar',
    'Euro',
    'Pound Sterling',
    'Yen',
    'Swiss Franc',
    'Canadian Dollar',
    'Krona',
    'Zloty',
  ],
  currencySymbols: ['$', '€', '£', '¥', 'CHF', 'C$', 'kr', 'zł'],
  taxRates: 'Standard, Reduced, Zero, Exempt, Reverse charge',
  paymentTerms: 'net 30, net 14, due on receipt, net 60, 2/10 net 30, prepaid',
} as const
