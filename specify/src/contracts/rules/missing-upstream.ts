import { didYouMean } from '@specwright/cli/nearest.ts'
import type { ContractRule } from './rule.ts'

export const missingUpstream: ContractRule = {
  code: 'missing-upstream',
  severity: 'error',
  about: 'system',
  why: 'A dependency on a service that is not there cannot be checked, mocked or deployed.',
  example: { wrong: '| auth-servise | Token validation |', right: '| auth-service | Token validation |' },
  check: ({ services, calls }) => {
    const names = services.map(({ name }) => name)
    return calls
      .filter(({ to }) => !names.includes(to))
      .map(({ from, to, file, line }) => ({
        file,
        line,
        message: `${from} depends on ${to}, which does not exist.`,
        hint: didYouMean(to, names) ?? `Services here: ${names.join(', ') || 'none'}.`,
        service: from,
      }))
  },
}
