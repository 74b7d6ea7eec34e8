/** Accounts that exist in every demo data set; every other buyer of it has the same password. */
export const demoAccounts = [{ email: 'buyer@example.com', password: 'correct horse battery' }] as const
