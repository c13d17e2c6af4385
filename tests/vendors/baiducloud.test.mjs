// @baiducloud/sdk, sent through the emulator as its HTTP proxy. Its own method for images is of an older
// version of the API; `sendRequest` is what all of its methods are made of.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import sdk from '@baiducloud/sdk';
import { Emulator, permanent, temporary, waitFor } from './emulator.mjs';

const kSource = 'm-nky7qeom';

let emulator;
before(async () => {
  emulator = await Emulator.start({
    images: [{ cloud: 'baiducloud', region: 'bj', id: kSource, size_gb: 20 }],
    switches: { baiducloud_source_busy: false },
  });
});
after(() => emulator.stop());

function client(region, credentials = permanent) {
  return new sdk.BccClient({
    endpoint: `http://bcc.${region}.baidubce.com`,
    protocol: 'http',
    credentials: { ak: credentials.accessKey, sk: credentials.secretKey },
    sessionToken: credentials.token,
    proxy: { host: '127.0.0.1', port: emulator.port },
  });
}

const send = (region, method, path, params = {}, body = '') =>
  client(region).sendRequest(method, path, { params, body: body && JSON.stringify(body) });

async function copy(name, to = ['gz']) {
  const response = await send('bj', 'POST', `/v2/image/${kSource}`, { remoteCopy: '' }, { name, destRegion: to });
  return response.body.result.map((item) => item.imageId);
}

const refusal = (status, code) => (error) => {
  assert.equal(error.status_code, status);
  assert.equal(error.code, code);
  return true;
};

test('a copy is made, polled, renamed, tagged and deleted', async () => {
  const [id] = await copy('golden/copy.1');
  const read = async () => (await send('gz', 'GET', `/v2/image/${id}`)).body.image;
  assert.notEqual((await read()).status, 'Available');
  await waitFor(emulator, async () => (await read()).status === 'Available');
  await send('gz', 'PUT', '/v2/image/rename', { clientToken: 'a b+c' }, { imageId: id, name: 'renamed' });
  assert.equal((await read()).name, 'renamed');
  const tags = { changeTags: [{ tagKey: 'team', tagValue: '镜像' }] };
  await send('gz', 'PUT', `/v2/image/${id}/tag`, { bind: '' }, tags);
  assert.deepEqual((await emulator.images('baiducloud', 'gz'))[0].tags, { team: '镜像' });
  await send('gz', 'PUT', `/v2/image/${id}/tag`, { unbind: '' }, tags);
  await send('gz', 'DELETE', `/v2/image/${id}`);
  await assert.rejects(read(), (error) => error.status_code === 404);
});

test('a running copy is canceled, and not deleted', async () => {
  const [id] = await copy('to-be-canceled');
  await assert.rejects(
    send('gz', 'DELETE', `/v2/image/${id}`),
    refusal(409, 'Image.CreatingImageCannotBeDeleted'),
  );
  await send('gz', 'POST', `/v2/image/${id}`, { cancelRemoteCopy: '' });
  await assert.rejects(
    send('gz', 'GET', `/v2/image/${id}`),
    (error) => error.status_code === 404,
  );
});

test('one call copies to several regions, and finished copies cannot be canceled', async () => {
  const ids = await copy('many', ['gz', 'su']);
  assert.equal(new Set(ids).size, 2);
  await emulator.advance('200s');
  await assert.rejects(
    send('su', 'POST', `/v2/image/${ids[1]}`, { cancelRemoteCopy: '' }),
    refusal(409, 'Image.ImageStatusForbidden'),
  );
});

test('images are listed page by page, and found by a part of the name', async () => {
  for (const name of ['page-1', 'page-2', 'page-3']) await copy(name);
  const names = [];
  let marker;
  do {
    const page = await send('gz', 'GET', '/v2/image', {
      imageType: 'Custom',
      imageName: 'page-',
      maxKeys: 2,
      ...(marker && { marker }),
    });
    names.push(...page.body.images.map((image) => image.name));
    marker = page.body.isTruncated ? page.body.nextMarker : undefined;
  } while (marker);
  assert.deepEqual(names.sort(), ['page-1', 'page-2', 'page-3']);
});

test('credentials of the STS work, and wrong ones are refused as by the cloud', async () => {
  const list = (credentials) => client('gz', credentials).sendRequest('GET', '/v2/image', {});
  await list(temporary);
  const sts = new sdk.STS({
    endpoint: 'http://sts.bj.baidubce.com',
    protocol: 'http',
    credentials: { ak: permanent.accessKey, sk: permanent.secretKey },
    proxy: { host: '127.0.0.1', port: emulator.port },
  });
  const { body } = await sts.getSessionToken(3600, {});
  await list({ accessKey: body.accessKeyId, secretKey: body.secretAccessKey, token: body.sessionToken });
  await assert.rejects(
    list({ ...permanent, secretKey: 'wrong' }),
    refusal(400, 'SignatureDoesNotMatch'),
  );
  await assert.rejects(list({ accessKey: 'nobody', secretKey: 'x' }), (error) => error.status_code === 403);
});
