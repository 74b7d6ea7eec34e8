export const reviewSorts = {
  newest: 'Newest',
  highest: 'Best first',
  lowest: 'Worst first',
} as const

export type ReviewSort = keyof typeof reviewSorts
