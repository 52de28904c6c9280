/** Each asks the program itself, so that a new command or persona is completed without a new script. */
export const completionScripts = {
  bash: `_troupe() {
  local line="\${COMP_LINE:0:COMP_POINT}" found
  COMPREPLY=()
  # Not mapfile: the bash of macOS is older.
  while IFS= read -r found; do
    # Bash takes what stands behind an equals sign for a word of its own.
    if [[ "\${line##* }" == --*=* ]]; then found="\${found#*=}"; fi
    COMPREPLY+=("$found")
  done < <(troupe __complete "$line" 2>/dev/null)
}
# The @ before a persona is part of the word.
COMP_WORDBREAKS=\${COMP_WORDBREAKS//@/}
complete -o default -F _troupe troupe
`,
  zsh: `#compdef troupe
_troupe() {
  local -a found
  found=("\${(@f)$(troupe __complete "$LBUFFER" 2>/dev/null)}")
  if [[ -n "$found" ]]; then compadd -Q -- $found; else _files; fi
}
compdef _troupe troupe
`,
  fish: `complete -c troupe -f -a '(troupe __complete (commandline -cp) 2>/dev/null)'
`,
  powershell: `Register-ArgumentCompleter -Native -CommandName troupe -ScriptBlock {
  param($word, $ast, $position)
  $line = $ast.ToString().PadRight($position).Substring(0, $position)
  troupe __complete $line 2>$null | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`,
} as const;

/** Shells that there is a script for. */
export const shells = Object.keys(completionScripts) as (keyof typeof completionScripts)[];
