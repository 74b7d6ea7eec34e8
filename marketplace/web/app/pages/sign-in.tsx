import {
  data,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router'
import { formText } from '../form-text.ts'
import { Field } from '../parts/field.tsx'
import { Notice } from '../parts/page-furniture.tsx'
import { safePath } from '../safe-path.ts'
import { visitContext } from '../visit.server.ts'

export function loader({ context, request }: LoaderFunctionArgs) {
  const to = safePath(new URL(request.url).searchParams.get('to'), '/account')
  return { to, isSignedIn: context.get(visitContext).isSignedIn }
}

export async function action({ context, request }: ActionFunctionArgs) {
  const visit = context.get(visitContext)
  const form = await request.formData()
  const email = formText(form, 'email').trim()
  const password = formText(form, 'password')
  // Someone else's session must not answer for this one.
  await visit.signOut()
  const answer = await visit.shop.auth.login({ body: { email, password } })
  // A malformed address is answered like a wrong one: nothing tells which accounts exist.
  if (answer.status !== 200) return data({ email }, { status: 422 })
  visit.signIn(answer.body.data)
  return redirect(safePath(formText(form, 'to'), '/account'), 303)
}

export default function SignInPage() {
  const { to } = useLoaderData<typeof loader>()
  const sent = useActionData<typeof action>()
  return (
    <main id="main" tabIndex={-1} className="wrap page">
      <title>Sign in · Colonnade</title>
      <div className="narrow">
        <h1>Sign in</h1>
        {sent && (
          <Notice kind="bad" focus>
            <strong>E-mail and password do not belong together.</strong>
            <span>Check both and try again.</span>
          </Notice>
        )}
        <form method="post">
          <input type="hidden" name="to" value={to} />
          <Field
            label="E-mail"
            name="email"
            type="email"
            autoComplete="username"
            required
            defaultValue={sent?.email ?? ''}
          />
          <Field label="Password" name="password" type="password" autoComplete="current-password" required />
          <button className="button wide">Sign in</button>
        </form>
        <p>
          New here? <a href="/register">Open an account</a>. You can also buy without one.
        </p>
      </div>
    </main>
  )
}
