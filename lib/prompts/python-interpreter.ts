import { type Environment, Interpreter } from '@huggingface/jinja';

// The package keeps the steps of its interpreter to itself as far as types go; what is used of them is described by hand.

/** A part of a template. */
interface Statement {
  readonly type: string;
}

interface CallExpression extends Statement {
  readonly callee: Statement;
  readonly args: readonly Statement[];
}

interface MemberExpression extends Statement {
  readonly object: Statement;
  readonly property: Statement & { readonly value?: unknown };
}

/** A value while a template is rendered. */
interface RuntimeValue {
  readonly type: string;
  readonly value: unknown;
  toString(): string;
}

interface Steps {
  run(program: unknown): RuntimeValue;
  evaluate(statement: Statement | undefined, environment: Environment): RuntimeValue;
  evaluateBlock(statements: readonly Statement[], environment: Environment): RuntimeValue;
  evaluateCallExpression(call: CallExpression, environment: Environment): RuntimeValue;
}

const OpenInterpreter = Interpreter as unknown as new (environment: Environment) => Steps;

// What a block holds beside what it prints.
const UNPRINTED = new Set('Set If For Macro CallStatement FilterStatement Break Continue Comment'.split(' '));
// Printed in another way than by Python.
const OTHERWISE = new Set('BooleanValue NullValue FloatValue ArrayValue TupleValue ObjectValue'.split(' '));

/**
 * The library's interpreter, where it would write something else than Python's Jinja in silence: `strip` and its like heed
 * the letters that they are given, and a value that would be printed as JavaScript prints it is refused.
 */
export class PythonInterpreter extends OpenInterpreter {
  override evaluateBlock(statements: readonly Statement[], environment: Environment): RuntimeValue {
    let text = '';
    for (const statement of statements) {
      const value = this.evaluate(statement, environment);
      if (!UNPRINTED.has(statement.type) && OTHERWISE.has(value.type) && !isWhole(value)) {
        throw new Error(
          `it prints a ${value.type} (${value.toString()}), which Python writes in another way`,
        );
      }
      text += value.type === 'NullValue' || value.type === 'UndefinedValue' ? '' : value.toString();
    }
    return this.textValue(text, environment);
  }

  override evaluateCallExpression(call: CallExpression, environment: Environment): RuntimeValue {
    const { object, property } = call.callee as MemberExpression;
    const [argument] = call.args;
    const name = String(property?.value);
    if (call.callee.type === 'MemberExpression' && argument !== undefined && /^[lr]?strip$/.test(name)) {
      const text = this.evaluate(object, environment);
      const letters = this.evaluate(argument, environment);
      if (typeof text.value === 'string' && typeof letters.value === 'string') {
        return this.textValue(withoutLetters(text.value, letters.value, name), environment);
      }
    }
    return super.evaluateCallExpression(call, environment);
  }

  private textValue(text: string, environment: Environment): RuntimeValue {
    return this.evaluate({ type: 'StringLiteral', value: text } as Statement, environment);
  }
}

/** The library writes 3.0 as Python does, if it comes from a division. */
const isWhole = (value: RuntimeValue): boolean =>
  value.type === 'FloatValue' && value.toString().includes('.');

function withoutLetters(text: string, letters: string, name: string): string {
  const all = [...text];
  const kept = (letter: string): boolean => !letters.includes(letter);
  const start = name === 'rstrip' ? 0 : all.findIndex(kept);
  const end = name === 'lstrip' ? all.length : all.findLastIndex(kept) + 1;
  return start < 0 ? '' : all.slice(start, end).join('');
}
