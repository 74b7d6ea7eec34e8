// Runs before anything is painted. The system's theme holds until the reader chooses.
{
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    document.documentElement.dataset.theme = chosen() ?? (dark.matches ? 'dark' : 'light')
  }
  const chosen = () => {
    try {
      return localStorage.getItem('specify-theme')
    } catch {
      return null // storage may be forbidden, and is for some files
    }
  }
  apply()
  dark.addEventListener('change', apply)
}
