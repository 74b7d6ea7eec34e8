import type { ContractRule } from './rule.ts'

export const upstreamWithoutApi: ContractRule = {
  code: 'upstream-without-api',
  severity: 'warning',
  about: 'system',
  why: 'What a service without a contract answers is guesswork for those who call it.',
  example: {
    wrong: 'calls of a service without contracts/api-spec.yaml',
    right: 'contracts/api-spec.yaml there',
  },
  check: ({ services, calls }) =>
    calls.flatMap(({ from, to, file, line }) => {
      const target = services.find(({ name }) => name === to)
      if (target === undefined || target.operations.length > 0) return []
      return [
        {
          file,
          line,
          message: `${from} calls ${to}, which has no API contract.`,
          hint: `Write ${target.path}/contracts/api-spec.yaml.`,
          service: from,
        },
      ]
    }),
}
