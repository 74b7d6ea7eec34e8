import { CliError } from '@specwright/cli/cli-error.ts'
import { didYouMean } from '@specwright/cli/nearest.ts'
import type { Scenario, Spec, Story } from '../spec/model.ts'

/** A scenario with everything that names it. */
export type NamedScenario = {
  /** `order-service/001#US1.2`. */
  readonly id: string
  readonly spec: Spec
  readonly story: Story
  readonly scenario: Scenario
}

/**
 * The scenarios of the specs, in their order; with `wanted` those it names: a full id, the part after `#`, a story
 * (`US1`) or a feature (`order-service/001`). Throws CliError `no-such-scenario`.
 */
export function chooseScenarios(specs: readonly Spec[], wanted: readonly string[]): NamedScenario[] {
  const all = specs.flatMap((spec) =>
    spec.stories.flatMap((story) =>
      story.scenarios.map((scenario) => ({ id: `${spec.feature}#${scenario.id}`, spec, story, scenario })),
    ),
  )
  if (wanted.length === 0) return all
  for (const name of wanted)
    if (!all.some((each) => isNamed(each, name)))
      throw new CliError(
        'no-such-scenario',
        `No scenario here is called "${name}".`,
        didYouMean(
          name,
          all.map(({ id }) => id),
        ) ?? 'Run "specify test --check" for the list.',
      )
  return all.filter((each) => wanted.some((name) => isNamed(each, name)))
}

function isNamed({ id, spec, story, scenario }: NamedScenario, name: string): boolean {
  return [id, scenario.id, spec.feature, story.id, `${spec.feature}#${story.id}`].includes(name)
}
