// Starts the emulator for a test and calls its control interface.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export const permanent = { accessKey: 'EMULATORACCESSKEY01', secretKey: 'emulator-secret-key-01' };
export const temporary = {
  accessKey: 'EMULATORTEMPKEY0001',
  secretKey: 'emulator-temp-secret-01',
  token: 'emulator-session-token-01',
};

export class Emulator {
  static async start(seed) {
    const process_ = spawn(process.env.IMAGE_EMULATOR, ['--listen', '127.0.0.1:0', '--copy-duration', '100s'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(createInterface(process_.stdout), 'line');
    const emulator = new Emulator(process_, line.replace('listening on ', ''));
    await emulator.control('POST', 'seed', seed);
    return emulator;
  }

  constructor(process_, url) {
    this.process = process_;
    this.url = url;
    this.port = Number(new URL(url).port);
  }

  async control(method, path, body) {
    const response = await fetch(`${this.url}/_emulator/${path}`, {
      method,
      body: body && JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return response.json();
  }

  advance(duration) {
    return this.control('POST', 'clock', { advance: duration });
  }

  async images(cloud, region) {
    const all = await this.control('GET', 'images');
    return all.images.filter((image) => image.cloud === cloud && image.region === region);
  }

  async stop() {
    this.process.kill('SIGTERM');
    await once(this.process, 'exit');
  }
}

/// Calls `check` until it returns a truthy value, and advances the emulator's clock in between.
export async function waitFor(emulator, check) {
  for (let i = 0; i < 100; ++i) {
    const found = await check();
    if (found) return found;
    await emulator.advance('10s');
  }
  throw new Error('the check did not succeed in time');
}
