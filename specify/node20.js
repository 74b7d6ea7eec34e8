// What our sources use and Node 20 does not have yet; for the bundled program. The compiler says when there is more:
// test/node20/tsconfig.json.

Map.groupBy ??= (items, keyOf) => {
  const groups = new Map()
  let i = 0
  for (const item of items) {
    const key = keyOf(item, i++)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}

// A letter or digit at the start is escaped, too: it could end an escape that stands before it.
RegExp.escape ??= (text) =>
  text
    .replace(/^[\dA-Za-z]/, (first) => `\\x${first.charCodeAt(0).toString(16)}`)
    .replace(/[$^\\.*+?()[\]{}|/]/g, '\\$&')
    .replace(/[^\w\\$^.*+?()[\]{}|/]/g, (other) =>
      other.charCodeAt(0) < 128 ? `\\x${other.charCodeAt(0).toString(16).padStart(2, '0')}` : other,
    )
