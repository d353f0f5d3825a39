import { Option } from 'commander';
import { ORDER_JOINS } from '../scoring/join-orders.js';

/**
 * The option `--join`, as every command has it, made anew for each.
 *
 * @param remark ends its line in the help, for example ", as chosen"
 */
export function joinOption(remark = ''): Option {
  return new Option('--join <way>', `how the two option orders become one answer${remark}`).choices(
    ORDER_JOINS,
  );
}
