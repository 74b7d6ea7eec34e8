// Preloaded into every test file by run-tests.ts. A test that timed out may leave a server or a socket behind, and
// its file would hold up everything for ever. Node's own --test-force-exit is no cure: it loses results that are
// still in the pipe (seen on Node 24.21: 73, 75 or 57 of 75 tests reported).

const limitMs = Number(process.env['TEST_FILE_LIMIT_MS'] ?? Number.NaN)
if (limitMs > 0)
  setTimeout(() => {
    const open = process.getActiveResourcesInfo().join(', ')
    console.error(`Still running after ${Math.round(limitMs / 1000)} s; what keeps it alive: ${open}`)
    process.exit(1)
  }, limitMs).unref()
