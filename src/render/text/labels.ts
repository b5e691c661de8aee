import { fillText } from '../../message/template.ts'

/** The renderer's own words. */
export interface Labels {
  /** The button that goes on. */
  next: string
  /** The button that goes back. */
  back: string
  /** On the last step, in place of `next`. */
  done: string
  /** What screen readers call the button that closes the step. */
  close: string
  /** `{current}` and `{total}`; says where the visitor is, and names the points of a rating. */
  progress: string
  /** Of a checklist's item. */
  completed: string
  /** A select without a choice yet. */
  choose: string
  /** The ends of a scale from 0 to 10. */
  unlikely: string
  /** Beside the right end of a scale from 0 to 10. */
  likely: string
  /** What is wrong with an answer; `{limit}` is the number that it must keep to. */
  required: string
  /** Under an e-mail field that holds no address. */
  email: string
  /** Under a number field that holds no number. */
  number: string
  /** Under a number that is too small; {limit} is the smallest allowed. */
  min: string
  /** Under a number that is too large; {limit} is the largest allowed. */
  max: string
}

const english: Labels = {
  next: 'Next',
  back: 'Back',
  done: 'Done',
  close: 'Close',
  progress: '{current} of {total}',
  completed: 'completed',
  choose: 'Choose…',
  unlikely: 'Not likely',
  likely: 'Very likely',
  required: 'Please answer this.',
  email: 'Please enter an email address, such as name@example.com.',
  number: 'Please enter a number.',
  min: 'Please enter {limit} or more.',
  max: 'Please enter {limit} or less.',
}

const languages: Record<string, Labels> = {
  de: {
    next: 'Weiter',
    back: 'Zurück',
    done: 'Fertig',
    close: 'Schließen',
    progress: '{current} von {total}',
    completed: 'erledigt',
    choose: 'Auswählen …',
    unlikely: 'Unwahrscheinlich',
    likely: 'Sehr wahrscheinlich',
    required: 'Bitte beantworten Sie dies.',
    email: 'Bitte geben Sie eine E-Mail-Adresse ein, etwa name@example.com.',
    number: 'Bitte geben Sie eine Zahl ein.',
    min: 'Bitte geben Sie mindestens {limit} ein.',
    max: 'Bitte geben Sie höchstens {limit} ein.',
  },
  fr: {
    next: 'Suivant',
    back: 'Retour',
    done: 'Terminer',
    close: 'Fermer',
    progress: '{current} sur {total}',
    completed: 'terminé',
    choose: 'Choisir…',
    unlikely: 'Peu probable',
    likely: 'Très probable',
    required: 'Veuillez répondre.',
    email: 'Veuillez saisir une adresse e-mail, comme nom@example.com.',
    number: 'Veuillez saisir un nombre.',
    min: 'Veuillez saisir {limit} ou plus.',
    max: 'Veuillez saisir {limit} ou moins.',
  },
  es: {
    next: 'Siguiente',
    back: 'Atrás',
    done: 'Listo',
    close: 'Cerrar',
    progress: '{current} de {total}',
    completed: 'hecho',
    choose: 'Elegir…',
    unlikely: 'Nada probable',
    likely: 'Muy probable',
    required: 'Responda, por favor.',
    email: 'Introduzca un correo electrónico, como nombre@example.com.',
    number: 'Introduzca un número.',
    min: 'Introduzca {limit} o más.',
    max: 'Introduzca {limit} o menos.',
  },
}

/** The words in the page's language; English where it is none of the built-in ones. Those given go before. */
export function labelsOf(own: Partial<Labels> = {}): Labels {
  const language = document.documentElement.lang || navigator.language
  return { ...english, ...languages[language.slice(0, 2).toLowerCase()], ...own }
}

/** "2 of 4". */
export function progressText({ progress }: Labels, current: number, total: number): string {
  return fillText(progress, name => (name === 'current' ? current : total))
}
