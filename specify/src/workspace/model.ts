// What a workspace is made of, as plain values. Paths are relative to the root, with forward slashes; those of other
// repositories begin with `../`.

export type Workspace = {
  /** Absolute. */
  readonly root: string
  readonly config: Config
  readonly services: readonly Service[]
  /** Every feature of the workspace, those of services included, by path. */
  readonly features: readonly Feature[]
  readonly constitution: string | undefined
  /** APIs that belong to no service: those in `contracts/` of a project without services, and of its features. */
  readonly sharedApiFiles: readonly string[]
  /** Event files that belong to no service: those beside them, and `shared/contracts/events/*.json`. */
  readonly sharedEventFiles: readonly string[]
  /** Everything below the root except dependencies, build output and hidden folders, sorted. */
  readonly files: readonly string[]
}

export type Service = {
  /** The folder's name: `order-service`; `shop/order-service` where another repository has one of that name, too. */
  readonly name: string
  readonly path: string
  readonly features: readonly Feature[]
  /** `contracts/api-spec.yaml` and other OpenAPI documents. */
  readonly apiFiles: readonly string[]
  /** `contracts/events/*.json`. */
  readonly eventFiles: readonly string[]
}

export type Feature = {
  /** The folder's name: `001-jwt-authentication`. */
  readonly id: string
  readonly path: string
  readonly service: string | undefined
  readonly files: {
    readonly spec?: string
    readonly plan?: string
    readonly tasks?: string
    readonly quickRef?: string
    readonly aiDoc?: string
  }
}

export type Config = {
  /** Where services are started and found when scenarios run; keys are service names. */
  readonly services: Readonly<Record<string, ServiceConfig>>
  readonly baseUrl: string | undefined
  /** What event blocks of scenarios go through: a program, or a file of JSON lines. */
  readonly bus?: string
  /** Folders whose children are services, beside `services`. */
  readonly roots: readonly string[]
  /** Folders of other repositories, as the config names them. */
  readonly members: readonly string[]
  /** Warnings fail as errors do. */
  readonly strict: boolean
  /** What events promise, and whether senders keep to what they declare. */
  readonly contracts?: { readonly compatibility?: string; readonly strict?: boolean }
  /** Whether commands may keep files in `.speckit/cache/`; yes, unless said otherwise. */
  readonly cache?: boolean
  /** Tokens of all files together from which `specify budget` warns, or fails at the gate. */
  readonly budget?: { readonly warnTokens?: number; readonly criticalTokens?: number }
  /** What a quick-ref.md may cost its reader. */
  readonly quickRefTokens?: number
}

export type ServiceConfig = {
  readonly start?: string
  readonly healthUrl?: string
  readonly baseUrl?: string
  /** Its stories share no data. */
  readonly independent?: boolean
}
