import { InputError } from '../../files/input-error.js';

/** A failure that may pass: the same request can be sent again. */
export class TransientProblem extends Error {
  override readonly name = 'TransientProblem';

  /**
   * @param retryAfterSeconds what the server asks for; null where it says nothing
   * @param isLoss whether a server that ends or is started again fails like this
   */
  constructor(
    message: string,
    readonly retryAfterSeconds: number | null = null,
    readonly isLoss = false,
  ) {
    super(message);
  }
}

/** A request that the server does not take: a path that it does not have, a parameter that it does not accept, another page. */
export class RefusedRequest extends InputError {
  /** @param status of the answer; null where it is no JSON */
  constructor(
    message: string,
    readonly status: number | null,
  ) {
    super(message);
  }
}
