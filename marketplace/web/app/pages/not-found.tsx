import { pageProblem } from '../page-problem.ts'

export function loader(): never {
  throw pageProblem(404, 'not-found')
}

// React Router asks for a component to treat this as a page at all.
export default function NotFound() {
  return null
}
