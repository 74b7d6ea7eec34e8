// One time zone for everyone: pages are made on the server, which cannot know the visitor's.
const zone = 'Europe/Berlin'
const dayFormat = new Intl.DateTimeFormat('en-IE', { dateStyle: 'long', timeZone: zone })
const momentFormat = new Intl.DateTimeFormat('en-IE', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: zone,
})
const yearFormat = new Intl.DateTimeFormat('en-IE', { year: 'numeric', timeZone: zone })

export function day(isoTime: string): string {
  return dayFormat.format(new Date(isoTime))
}

export function moment(isoTime: string): string {
  return momentFormat.format(new Date(isoTime))
}

export function year(isoTime: string): string {
  return yearFormat.format(new Date(isoTime))
}
