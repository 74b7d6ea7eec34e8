import type { Finding, Severity } from '@specwright/cli/finding.ts'
import type { Document } from '@specwright/json-schema/document.ts'

/** Collects findings of one file; places are JSON pointers, or an offset in the text that stands there. */
export class FindingList {
  readonly #file: string
  readonly #document: Pick<Document, 'locate' | 'locateValue'>
  readonly #add: (finding: Finding) => void

  constructor(
    file: string,
    document: Pick<Document, 'locate' | 'locateValue'>,
    add: (finding: Finding) => void,
  ) {
    this.#file = file
    this.#document = document
    this.#add = add
  }

  error(code: string, pointer: string, message: string, hint?: string): void {
    this.#push('error', code, this.#document.locate(pointer), message, hint)
  }

  warning(code: string, pointer: string, message: string, hint?: string): void {
    this.#push('warning', code, this.#document.locate(pointer), message, hint)
  }

  /** `offset` counts characters of the text value at `pointer`; escapes in front of it shift the column by theirs. */
  inText(code: string, pointer: string, offset: number, message: string, hint?: string): void {
    const place = this.#document.locateValue(pointer)
    this.#push('error', code, place && { line: place.line, column: place.column + 1 + offset }, message, hint)
  }

  #push(
    severity: Severity,
    code: string,
    place: { line: number; column: number } | undefined,
    message: string,
    hint: string | undefined,
  ): void {
    this.#add({ code, severity, message, hint, file: this.#file, line: place?.line, column: place?.column })
  }
}
