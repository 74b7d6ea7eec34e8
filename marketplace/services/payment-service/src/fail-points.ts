/** Where a test may kill this service: the provider has acted and we have not written it; written but not answered. */
export const failPoints = ['payment:after-provider', 'payment:after-commit'] as const
