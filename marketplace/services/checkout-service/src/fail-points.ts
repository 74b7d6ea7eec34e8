const steps = ['reserve', 'authorize', 'place', 'confirm-stock', 'capture', 'complete'] as const

/**
 * Where a test may kill this service, for each step: before it asks; after the other service acted and before the
 * journal says so (for `complete`: inside its transaction); after the journal says so.
 */
export const failPoints: readonly string[] = steps.flatMap((step) => [
  `checkout:before-${step}`,
  `checkout:after-${step}-effect`,
  `checkout:after-${step}`,
])
