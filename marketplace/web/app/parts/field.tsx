import type { InputHTMLAttributes } from 'react'

type Props = InputHTMLAttributes<HTMLInputElement> & {
  readonly label: string
  readonly name: string
  readonly error?: string | undefined
  readonly hint?: string
  readonly span?: 'third' | 'two-thirds'
}

/** A labelled input whose error and hint are tied to it for screen readers. */
export function Field({ label, name, error, hint, span, ...input }: Props) {
  const describedBy = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return (
    <div className={`field ${span ?? ''}`}>
      <label htmlFor={name}>{label}</label>
      {hint && (
        <span className="field-hint" id={`${name}-hint`}>
          {hint}
        </span>
      )}
      <input
        id={name}
        name={name}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy || undefined}
        {...input}
      />
      {error && (
        <span className="field-error" id={`${name}-error`}>
          {error}
        </span>
      )}
    </div>
  )
}

/** The list of what is wrong, each a link to its field. */
export function ErrorSummary({ errors }: { readonly errors: Readonly<Record<string, string | undefined>> }) {
  const entries = Object.entries(errors)
  if (entries.length === 0) return null
  return (
    <div className="notice bad" role="alert" tabIndex={-1} data-focus>
      <strong>Please check {entries.length === 1 ? 'one thing' : `${entries.length} things`}</strong>
      <ul>
        {entries.map(([name, message]) => (
          <li key={name}>
            <a href={`#${name}`}>{message}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}
