import type { Person } from '../access/person.ts'
import type { DeliveryService } from '../services/delivery-service.ts'
import type { SeenValues } from './examples.ts'

/** Values that really came, of the newest messages, as this person may see them. */
export async function seenValues(
  deliveries: Pick<DeliveryService, 'list'>,
  person: Person,
): Promise<SeenValues> {
  const newest = await deliveries.list(person, { limit: 20 })
  return Object.assign({}, ...newest.deliveries.toReversed().map(({ message }) => message.data))
}
