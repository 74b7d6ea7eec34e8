import type { Rule } from './rule.ts'
import { constitutionWithoutPrinciple } from './constitution-without-principle.ts'
import { contradictoryPriority } from './contradictory-priority.ts'
import { contradictoryTerm } from './contradictory-term.ts'
import { danglingReference } from './dangling-reference.ts'
import { duplicateFeatureNumber } from './duplicate-feature-number.ts'
import { duplicateId } from './duplicate-id.ts'
import { duplicateTask } from './duplicate-task.ts'
import { emptyFile } from './empty-file.ts'
import { emptyRequirement } from './empty-requirement.ts'
import { incompleteScenario } from './incomplete-scenario.ts'
import { missingConstitution } from './missing-constitution.ts'
import { missingPlanSection } from './missing-plan-section.ts'
import { missingSpecSection } from './missing-spec-section.ts'
import { missingSpec } from './missing-spec.ts'
import { noTask } from './no-task.ts'
import { placeholder } from './placeholder.ts'
import { requirementWithoutTask } from './requirement-without-task.ts'
import { secret } from './secret.ts'
import { storyWithoutScenario } from './story-without-scenario.ts'
import { storyWithoutTask } from './story-without-task.ts'
import { taskWithoutId } from './task-without-id.ts'
import { taskWithoutPath } from './task-without-path.ts'
import { thinFile } from './thin-file.ts'
import { unboundScenario } from './unbound-scenario.ts'
import { unmeasurableCriterion } from './unmeasurable-criterion.ts'
import { unownedBlock } from './unowned-block.ts'
import { unreadableId } from './unreadable-id.ts'
import { unresolvedClarification } from './unresolved-clarification.ts'
import { vagueWord } from './vague-word.ts'

/** Every rule of `specify validate`, by code. A new one is a file and a line here. */
export const allRules: readonly Rule[] = [
  constitutionWithoutPrinciple,
  contradictoryPriority,
  contradictoryTerm,
  danglingReference,
  duplicateFeatureNumber,
  duplicateId,
  duplicateTask,
  emptyFile,
  emptyRequirement,
  incompleteScenario,
  missingConstitution,
  missingPlanSection,
  missingSpecSection,
  missingSpec,
  noTask,
  placeholder,
  requirementWithoutTask,
  secret,
  storyWithoutScenario,
  storyWithoutTask,
  taskWithoutId,
  taskWithoutPath,
  thinFile,
  unboundScenario,
  unmeasurableCriterion,
  unownedBlock,
  unreadableId,
  unresolvedClarification,
  vagueWord,
]
