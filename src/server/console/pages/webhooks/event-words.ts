import type { EventName, OperationalEventName } from '../../../../schema/event.ts'

/** Each event in a sentence. */
export const eventWords: Record<EventName | OperationalEventName, string> = {
  tour_completed: 'Somebody has taken a tour to its end.',
  checklist_item_completed: 'An item of a checklist is done.',
  checklist_completed: 'Every item of a checklist is done.',
  checklist_dismissed: 'Somebody has put a checklist away.',
  banner_seen: 'A banner was shown to somebody.',
  banner_closed: 'Somebody has closed a banner.',
  user_created: 'A user was seen for the first time.',
  user_tag_added: 'A tag was set by a tour.',
  script_tag_set: 'A tag was set by the site.',
  auto_segment_changed: 'A user has joined or left a segment.',
  webhook_failing: 'Alert: four attempts at a webhook in a row have failed.',
  webhook_disabled: 'Alert: a webhook is no longer called.',
  webhook_recovered: 'Alert: a webhook that failed takes messages again.',
  delivery_exhausted: 'Alert: a message was given up.',
}

/** An event's name in words: `tour completed`. */
export function eventTitle(name: string): string {
  return name === 'trigger_event' ? 'trigger step' : name.replaceAll('_', ' ')
}
