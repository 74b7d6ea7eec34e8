/** Sets a member whatever its name: plain assignment of `__proto__` would set the prototype. */
export function defineMember(target: Record<string, unknown>, name: string, value: unknown): void {
  // Defining is slower than assigning, and samples have many members.
  if (name === '__proto__')
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true })
  else target[name] = value
}
