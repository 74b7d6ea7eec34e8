import { data, redirect, useActionData, type ActionFunctionArgs } from 'react-router'
import { formText } from '../form-text.ts'
import { ErrorSummary, Field } from '../parts/field.tsx'
import { refusedRegistration, registrationErrors, type RegistrationErrors } from '../registration-form.ts'
import { visitContext } from '../visit.server.ts'

export async function action({ context, request }: ActionFunctionArgs) {
  const visit = context.get(visitContext)
  const form = await request.formData()
  const text = (name: string) => formText(form, name).trim()
  const kept = { name: text('name'), email: text('email') }
  const password = formText(form, 'password')
  const refuse = (errors: RegistrationErrors) => data({ kept, errors }, { status: 422 })
  const errors = registrationErrors({ ...kept, password })
  if (Object.keys(errors).length > 0) return refuse(errors)
  await visit.signOut()
  const answer = await visit.shop.auth.registerUser({ body: { ...kept, password } })
  if (answer.status !== 201) return refuse(refusedRegistration(answer.body))
  visit.signIn(answer.body.data)
  return redirect('/account', 303)
}

export default function RegisterPage() {
  const sent = useActionData<typeof action>()
  const errors: RegistrationErrors = sent?.errors ?? {}
  return (
    <main id="main" tabIndex={-1} className="wrap page">
      <title>Open an account · Colonnade</title>
      <div className="narrow">
        <h1>Open an account</h1>
        <ErrorSummary errors={errors} />
        <form method="post" noValidate>
          <Field
            label="Name"
            name="name"
            autoComplete="name"
            required
            maxLength={120}
            defaultValue={sent?.kept.name ?? ''}
            error={errors.name}
          />
          <Field
            label="E-mail"
            name="email"
            type="email"
            autoComplete="username"
            required
            maxLength={254}
            defaultValue={sent?.kept.email ?? ''}
            error={errors.email}
          />
          <Field
            label="Password"
            name="password"
            type="password"
            autoComplete="new-password"
            required
            hint="At least 10 characters. Pasting is fine."
            error={errors.password}
          />
          <button className="button wide">Open account</button>
        </form>
        <p>
          Have one already? <a href="/sign-in">Sign in</a>.
        </p>
      </div>
    </main>
  )
}
