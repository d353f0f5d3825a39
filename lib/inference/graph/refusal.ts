/** A graph, or a part of it, that the edit does not recognise; the message goes to the user. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
