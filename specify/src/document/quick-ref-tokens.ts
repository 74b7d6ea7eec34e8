/** What a quick-ref.md may cost its reader, unless documentation.token_target of the config says otherwise. */
export const QUICK_REF_TOKENS = 200
