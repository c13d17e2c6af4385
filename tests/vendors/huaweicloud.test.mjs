// The core of Huawei Cloud's SDK, which signs, finds the project and reads errors; endpoints by path.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import sdk from '@huaweicloud/huaweicloud-sdk-core';
import builder from '@huaweicloud/huaweicloud-sdk-core/ClientBuilder.js';
import { Emulator, permanent, temporary, waitFor } from './emulator.mjs';

const kSource = '465076de-dc36-4aec-80f5-ef9d8009428f';

let emulator;
before(async () => {
  emulator = await Emulator.start({
    images: [{ cloud: 'huaweicloud', region: 'cn-north-4', id: kSource, name: 'golden', size_gb: 40 }],
    agencies: ['ims_copy_image'],
  });
});
after(() => emulator.stop());

function client(region, credentials = permanent) {
  const endpoint = `${emulator.url}/huaweicloud/${region}`;
  const signer = new sdk.BasicCredentials()
    .withAk(credentials.accessKey)
    .withSk(credentials.secretKey)
    .withSecurityToken(credentials.token)
    .withIamEndpoint(endpoint);
  return new builder.ClientBuilder((made) => made)
    .withCredential(signer)
    .withRegion(new sdk.Region(region, endpoint))
    .build();
}

function send(client_, method, url, { query = {}, path = {}, data, contentType = 'application/json' } = {}) {
  return client_.sendRequest({
    method,
    url,
    contentType,
    queryParams: query,
    pathParams: path,
    headers: {},
    ...(data !== undefined && { data }),
  });
}

async function finish(job) {
  const north = client('cn-north-4');
  return waitFor(emulator, async () => {
    const response = await send(north, 'GET', '/v1/{project_id}/jobs/{job_id}', { path: { job_id: job } });
    assert.notEqual(response.status, 'FAIL');
    return response.status === 'SUCCESS' && response.entities.image_id;
  });
}

const refusal = (status, code) => (error) => {
  assert.equal(error.httpStatusCode, status);
  assert.equal(error.errorCode, code);
  assert.ok(error.requestId);
  return true;
};

test('a copy across regions is made, polled, found, changed, tagged and deleted', async () => {
  const job = await send(client('cn-north-4'), 'POST', `/v1/cloudimages/${kSource}/cross_region_copy`, {
    data: {
      name: 'web base 中文.1',
      description: 'weekly',
      region: 'cn-south-1',
      project_name: 'cn-south-1',
      agency_name: 'ims_copy_image',
    },
  });
  const id = await finish(job.job_id);
  const south = client('cn-south-1');
  const find = async (query) => (await send(south, 'GET', '/v2/cloudimages', { query })).images;
  const [image] = await find({ name: 'web base 中文.1', __imagetype: 'private' });
  assert.equal(image.id, id);
  assert.equal(image.__data_origin, `image,cn-north-4,${kSource}`);

  const changed = await send(south, 'PATCH', `/v2/cloudimages/${id}`, {
    data: [{ op: 'replace', path: '/name', value: 'renamed' }],
  });
  assert.equal(changed.name, 'renamed');
  await send(south, 'POST', `/v2/{project_id}/images/${id}/tags/action`, {
    data: { action: 'create', tags: [{ key: 'team', value: 'images' }] },
  });
  const tagged = await send(south, 'GET', `/v2/{project_id}/images/${id}/tags`);
  assert.deepEqual(tagged.tags, [{ key: 'team', value: 'images' }]);
  await send(south, 'DELETE', `/v2/images/${id}`);
  assert.deepEqual(await find({ id }), []);
  await assert.rejects(send(south, 'DELETE', `/v2/images/${id}`), (error) => error.httpStatusCode === 404);
});

test('a copy inside a region is made, and counts for the quota', async () => {
  const north = client('cn-north-4');
  const quota = async () => (await send(north, 'GET', '/v1/cloudimages/quota')).quotas.resources[0].used;
  const used = await quota();
  const job = await send(north, 'POST', `/v1/cloudimages/${kSource}/copy`, { data: { name: 'near' } });
  await finish(job.job_id);
  assert.equal(await quota(), used + 1);
});

test('images are listed page by page', async () => {
  const north = client('cn-north-4');
  const ids = new Set();
  for (let marker; ; ) {
    const query = { limit: 1, __imagetype: 'private', ...(marker && { marker }) };
    const { images } = await send(north, 'GET', '/v2/cloudimages', { query });
    if (images.length === 0) break;
    marker = images[0].id;
    ids.add(marker);
  }
  assert.equal(ids.size, (await emulator.images('huaweicloud', 'cn-north-4')).length);
});

test('mistakes are refused with the codes of the image service', async () => {
  const north = client('cn-north-4');
  await assert.rejects(
    send(north, 'POST', `/v1/cloudimages/${kSource}/copy`, { data: { name: ' blank ' } }),
    refusal(400, 'IMG.0003'),
  );
  await assert.rejects(
    send(north, 'GET', '/v1/{project_id}/jobs/00000000000000000000000000000000'),
    (error) => error.errorCode === 'IMG.0023',
  );
});

test('temporary credentials work, and wrong ones are refused by the gateway', async () => {
  const list = (credentials) => send(client('cn-north-4', credentials), 'GET', '/v2/cloudimages');
  assert.ok((await list(temporary)).images.length > 0);
  await assert.rejects(list({ ...permanent, secretKey: 'wrong' }), (error) => error.httpStatusCode === 401);
});
