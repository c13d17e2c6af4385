// @alicloud/pop-core, the vendor's older client with signatures of version 1.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import core from '@alicloud/pop-core';
import { Emulator, permanent, temporary, waitFor } from './emulator.mjs';

const kSource = 'm-bp1example000000001';

let emulator;
before(async () => {
  emulator = await Emulator.start({
    images: [{ cloud: 'alicloud', region: 'cn-hangzhou', id: kSource, size_gb: 40 }],
    roles: ['copier'],
  });
});
after(() => emulator.stop());

function client(credentials = permanent, apiVersion = '2014-05-26') {
  return new core.RPCClient({
    accessKeyId: credentials.accessKey,
    accessKeySecret: credentials.secretKey,
    securityToken: credentials.token,
    endpoint: emulator.url,
    apiVersion,
  });
}

for (const method of ['GET', 'POST']) {
  test(`a copy is made, polled and deleted by ${method}`, async () => {
    const call = (action, parameters) => client().request(action, parameters, { method });
    const { ImageId } = await call('CopyImage', {
      RegionId: 'cn-hangzhou',
      ImageId: kSource,
      DestinationRegionId: 'cn-shanghai',
      DestinationImageName: `by-${method}`,
      DestinationDescription: "a b+c*d~e'(f)! 中文",
      Tag: [{ Key: 'team', Value: 'a&b=c' }],
    });
    const here = { RegionId: 'cn-shanghai', ImageId };
    const image = await waitFor(emulator, async () => {
      const response = await call('DescribeImages', { ...here, Status: 'ALL' });
      const [found] = response.Images.Image;
      return found.Status === 'Available' && found;
    });
    assert.equal(image.Description, "a b+c*d~e'(f)! 中文");
    assert.equal(image.Tags.Tag[0].TagValue, 'a&b=c');
    await call('DeleteImage', here);
  });
}

test('credentials of an assumed role work, and wrong ones are refused', async () => {
  const sts = client(permanent, '2015-04-01');
  const { Credentials } = await sts.request('AssumeRole', {
    RoleArn: 'acs:ram::100:role/copier',
    RoleSessionName: 'test',
  });
  const assumed = {
    accessKey: Credentials.AccessKeyId,
    secretKey: Credentials.AccessKeySecret,
    token: Credentials.SecurityToken,
  };
  for (const credentials of [assumed, temporary]) await client(credentials).request('DescribeRegions', {});
  await assert.rejects(
    client({ ...permanent, secretKey: 'wrong' }).request('DescribeRegions', {}),
    (error) => error.code === 'SignatureDoesNotMatch',
  );
});
