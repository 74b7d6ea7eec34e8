import { redirect, type ActionFunctionArgs } from 'react-router'
import { visitContext } from '../visit.server.ts'

// Signing out changes something, so a mere link must not do it.
export function loader() {
  return redirect('/account', 303)
}

export async function action({ context }: ActionFunctionArgs) {
  await context.get(visitContext).signOut()
  return redirect('/', 303)
}
