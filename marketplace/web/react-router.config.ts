import type { Config } from '@react-router/dev/config'

export default {
  // build.ts names a folder of its own for each build, so that a running shop never sees a half-written one.
  buildDirectory: process.env['WEB_BUILD_DIRECTORY'] ?? 'build/by-hand',
  ssr: true,
} satisfies Config
