import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hubFindings } from '../../../lib/cli/doctor/hub-findings.js';
import { npmFinding } from '../../../lib/cli/doctor/npm-finding.js';
import { pythonFinding } from '../../../lib/cli/doctor/python-finding.js';
import { InputError } from '../../../lib/files/input-error.js';

describe('the finding of npm', () => {
  it('is the npm that runs the command', async () => {
    const found = await npmFinding({ npm_config_user_agent: 'npm/11.19.0 node/v20.20.2 linux x64' });
    expect(found).toEqual({ what: 'npm', state: '11.19.0' });
  });

  it('is else the one on the path, or that there is none', async () => {
    const { npm_config_user_agent: _, ...environment } = process.env;
    expect((await npmFinding(environment)).state).toMatch(/^\d+\.\d+\.\d+/);
    expect((await npmFinding({ PATH: '/nowhere' })).state).toMatch(/^does not run: Starting npm: .*ENOENT/);
  });
});

describe('the finding of Python', () => {
  const venvs = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('culture-lens-venv-'));

  it('tells its version and that venv works, and leaves nothing behind', async () => {
    const before = venvs();
    expect((await pythonFinding()).state).toMatch(/^3\.\d+\.\d+\S* \(python[\d.]*\), venv works$/);
    expect(venvs()).toEqual(before);
  });

  it('tells why venv does not work', async () => {
    // Whatever this Python is asked for, it ends with these words.
    const broken = {
      program: 'python3',
      leadingArguments: ['-c', 'import sys; sys.exit("No module named venv")'],
    };
    const { state } = await pythonFinding(async () => broken);
    expect(state).toMatch(/\(python3\), venv does not work: No module named venv$/);
  });

  it('tells that there is none', async () => {
    const none = async () => {
      throw new InputError('Looking for Python: found no Python. Expected Python 3.10 or newer.');
    };
    expect((await pythonFinding(none)).state).toMatch(/^Looking for Python: found no Python/);
  });
});

describe('the findings of the hub', () => {
  const home = mkdtempSync(join(tmpdir(), 'hub-'));
  const cache = join(home, 'hub');

  it('are the cache, whether it is there, and that there is no token', () => {
    expect(hubFindings({ HF_HOME: home })).toEqual([
      { what: 'hub cache', state: `${cache}, not there yet: fetch makes it` },
      { what: 'hub', state: 'access token: none' },
    ]);
    mkdirSync(cache);
    expect(hubFindings({ HF_HOME: home })[0]?.state).toBe(`${cache}, there`);
  });

  it('tell the variables that are set, of a token never more than that', () => {
    const environment = {
      ...{ HF_HOME: home, HF_ENDPOINT: 'https://hub.example', HF_HUB_OFFLINE: '1', HF_TOKEN: 'hf_secret' },
    };
    expect(hubFindings(environment)[1]?.state).toBe(
      'HF_ENDPOINT=https://hub.example, HF_HUB_OFFLINE=1, access token: set',
    );
    const inAddress = hubFindings({ ...environment, HF_ENDPOINT: 'https://me:hf_secret@hub.example' });
    expect(inAddress).toEqual([{ what: 'hub', state: expect.stringContaining('(not shown)') }]);
    expect(JSON.stringify(inAddress)).not.toContain('hf_secret');
  });
});
