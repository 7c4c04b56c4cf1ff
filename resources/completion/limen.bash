# Completion of limen for bash. The table is written when Limen is built.

# _limen_table KEY: sets words, files, many and list. KEY is empty for the first word, a command for its options, a
# command and one of them for its values, or "prior +" for the words that may follow a first one.
_limen_table () {
  words= files= many= list=
  case $1 in
@COMMANDS@
    *) return 1 ;;
  esac
}

# The words up to the cursor, the last one at hand, into typed: readline breaks them at ":" and "=", and what it takes for
# the word at hand lacks what goes into beginning. "--name=value" becomes two words.
_limen_read_words () {
  local i piece before=
  typed=()
  for ((i = 1; i <= COMP_CWORD; i++)); do
    piece=${COMP_WORDS[i]}
    if [[ $piece == = && ${typed[-1]-} == --?* ]]; then
      ((i < COMP_CWORD)) || typed+=('')
      piece=
    elif [[ ${#typed[@]} -gt 0 && ($piece == [:=] || ($before == [:=] && $piece)) ]]; then
      typed[-1]+=$piece
    else
      typed+=("$piece")
    fi
    before=$piece
  done
  current=${typed[-1]-}
  piece=${COMP_WORDS[COMP_CWORD]}
  [[ $piece != [:=] ]] || piece=
  beginning=${current%"$piece"}
}

# Which command the words before the one at hand are of, into command; how many words that is, into last
_limen_find_command () {
  local words files many list
  command= last=0
  if ((${#typed[@]} > 2)) && [[ ${typed[1]} != [+-]* ]] && _limen_table "${typed[0]} ${typed[1]}"; then
    command="${typed[0]} ${typed[1]}" last=2
  elif ((${#typed[@]} > 1)); then
    command=${typed[0]} last=1
  fi
}

# The nearest option before the word at hand, into option; how many words stand between, into between
_limen_find_option () {
  local i
  option= between=0
  for ((i = ${#typed[@]} - 2; i >= last; i--)); do
    if [[ ${typed[i]} == --?* ]]; then
      option=${typed[i]}
      return
    fi
    ((between += 1))
  done
}

# _limen_offer [PREFIX]: those of words that continue the word at hand, with PREFIX before each, and files
_limen_offer () {
  local one prefix=${1-}
  while IFS= read -r one; do
    one=$prefix$one
    COMPREPLY+=("${one#"$beginning"}")
  done < <(compgen -W "$words" -- "${current#"$prefix"}")
  [[ $files ]] || return 0
  compopt -o filenames -o default 2> /dev/null # the latter where nothing is found: quoted names, ~
  while IFS= read -r one; do
    COMPREPLY+=("${one#"$beginning"}")
  done < <(compgen -f -- "$current")
}

_limen () {
  local typed current beginning command last option between words files many list prefix=
  COMPREPLY=()
  _limen_read_words
  _limen_find_command
  _limen_find_option
  if [[ $current != -* ]] && _limen_table "$command $option" && [[ $many || $between -eq 0 ]]; then
    [[ ! $list || $current != *,* ]] || prefix=${current%,*},
    _limen_offer "$prefix"
    return
  fi
  if ((${#typed[@]} == 2)) && _limen_table "$command +"; then
    _limen_offer
  fi
  _limen_table "$command" || return
  [[ $current != -* ]] || files=
  _limen_offer
}

complete -F _limen limen
