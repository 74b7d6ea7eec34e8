/** COPY fills pages that a longer row left half empty, so long rows come back in another order: pg_dump's own do, too. */
export function rowsSorted(dump: string): string {
  return dump.replaceAll(/^(COPY .* FROM stdin;\n)([\s\S]*?)^\\\.$/gm, (_, copy: string, rows: string) =>
    [copy, ...rows.split('\n').toSorted(), '\\.'].join('\n'),
  )
}
