// @alicloud/ecs20140526, with the emulator as its endpoint, because it supports no proxy.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import ecs from '@alicloud/ecs20140526';
import core from '@alicloud/openapi-core';
import { Emulator, permanent, temporary, waitFor } from './emulator.mjs';

const Client = ecs.default;
const kSource = 'm-bp1example000000001';

let emulator;
before(async () => {
  emulator = await Emulator.start({
    images: [{ cloud: 'alicloud', region: 'cn-hangzhou', id: kSource, size_gb: 40 }],
    kms_keys: [{ cloud: 'alicloud', region: 'cn-shanghai', id: 'key-1' }],
  });
});
after(() => emulator.stop());

function client(region, credentials = permanent) {
  return new Client(
    new core.$OpenApiUtil.Config({
      accessKeyId: credentials.accessKey,
      accessKeySecret: credentials.secretKey,
      securityToken: credentials.token,
      regionId: region,
      protocol: 'HTTP',
      endpoint: `127.0.0.1:${emulator.port}`,
    }),
  );
}

async function copy(name, more = {}) {
  const response = await client('cn-hangzhou').copyImage(
    new ecs.CopyImageRequest({
      regionId: 'cn-hangzhou',
      imageId: kSource,
      destinationRegionId: 'cn-shanghai',
      destinationImageName: name,
      ...more,
    }),
  );
  return response.body.imageId;
}

async function describe(imageId) {
  const response = await client('cn-shanghai').describeImages(
    new ecs.DescribeImagesRequest({ regionId: 'cn-shanghai', imageId, status: 'ALL' }),
  );
  return response.body.images.image[0];
}

const code = (expected) => (error) => {
  assert.equal(error.code, expected);
  return true;
};

test('a copy is made, polled, changed, tagged and deleted', async () => {
  const imageId = await copy('golden-copy', {
    destinationDescription: 'weekly: ä & 中文 ~!*()\'',
    tag: [new ecs.CopyImageRequestTag({ key: 'team', value: 'images' })],
    clientToken: 'token-1',
  });
  assert.match(imageId, /^m-/);
  assert.match((await describe(imageId)).progress, /^\d+%$/);
  const done = await waitFor(emulator, async () => {
    const image = await describe(imageId);
    return image.status === 'Available' && image;
  });
  assert.equal(done.imageName, 'golden-copy');
  assert.equal(done.description, 'weekly: ä & 中文 ~!*()\'');
  assert.equal(done.isCopied, true);
  assert.deepEqual(done.tags.tag.map((tag) => [tag.tagKey, tag.tagValue]), [['team', 'images']]);

  const shanghai = client('cn-shanghai');
  await shanghai.modifyImageAttribute(
    new ecs.ModifyImageAttributeRequest({ regionId: 'cn-shanghai', imageId, imageName: 'renamed' }),
  );
  await shanghai.tagResources(
    new ecs.TagResourcesRequest({
      regionId: 'cn-shanghai',
      resourceType: 'image',
      resourceId: [imageId],
      tag: [new ecs.TagResourcesRequestTag({ key: 'stage', value: 'test' })],
    }),
  );
  await shanghai.untagResources(
    new ecs.UntagResourcesRequest({
      regionId: 'cn-shanghai',
      resourceType: 'image',
      resourceId: [imageId],
      tagKey: ['team'],
    }),
  );
  const changed = await describe(imageId);
  assert.equal(changed.imageName, 'renamed');
  assert.deepEqual(changed.tags.tag.map((tag) => tag.tagKey), ['stage']);

  const snapshots = changed.diskDeviceMappings.diskDeviceMapping.map((disk) => disk.snapshotId);
  assert.equal(snapshots.length, 1);
  await assert.rejects(
    shanghai.deleteSnapshot(new ecs.DeleteSnapshotRequest({ snapshotId: snapshots[0] })),
    code('SnapshotCreatedImage'),
  );
  await shanghai.deleteImage(new ecs.DeleteImageRequest({ regionId: 'cn-shanghai', imageId }));
  await shanghai.deleteSnapshot(new ecs.DeleteSnapshotRequest({ snapshotId: snapshots[0] }));
  assert.equal(await describe(imageId), undefined);
});

test('a running copy is canceled, and neither deleted nor canceled twice', async () => {
  const imageId = await copy('to-be-canceled');
  const shanghai = client('cn-shanghai');
  const request = { regionId: 'cn-shanghai', imageId };
  await assert.rejects(
    shanghai.deleteImage(new ecs.DeleteImageRequest(request)),
    code('OperationDenied.ImageCopying'),
  );
  await shanghai.cancelCopyImage(new ecs.CancelCopyImageRequest(request));
  assert.equal(await describe(imageId), undefined);
  await assert.rejects(
    shanghai.cancelCopyImage(new ecs.CancelCopyImageRequest(request)),
    code('InvalidImageId.NotFound'),
  );
});

test('the same client token gives the same copy', async () => {
  const first = await copy('once', { clientToken: 'token-2' });
  assert.equal(await copy('once', { clientToken: 'token-2' }), first);
  await assert.rejects(copy('twice', { clientToken: 'token-2' }), code('IdempotentParameterMismatch'));
});

test('images and regions are listed, page by page', async () => {
  const regions = await client('cn-hangzhou').describeRegions(new ecs.DescribeRegionsRequest({}));
  assert.ok(regions.body.regions.region.some((region) => region.regionId === 'cn-shanghai'));
  for (const name of ['page-1', 'page-2', 'page-3']) await copy(name);
  const names = [];
  for (let pageNumber = 1; pageNumber <= 3; ++pageNumber) {
    const page = await client('cn-shanghai').describeImages(
      new ecs.DescribeImagesRequest({
        regionId: 'cn-shanghai',
        imageName: 'page-',
        status: 'Creating,Waiting',
        imageOwnerAlias: 'self',
        pageSize: 1,
        pageNumber,
      }),
    );
    assert.equal(page.body.totalCount, 3);
    names.push(page.body.images.image[0].imageName);
  }
  assert.deepEqual(names.sort(), ['page-1', 'page-2', 'page-3']);
});

test('temporary credentials work, and wrong ones are refused as by the cloud', async () => {
  const request = new ecs.DescribeRegionsRequest({});
  await client('cn-hangzhou', temporary).describeRegions(request);
  await assert.rejects(
    client('cn-hangzhou', { ...temporary, token: 'another' }).describeRegions(request),
    code('InvalidSecurityToken.MismatchWithAccessKey'),
  );
  await assert.rejects(
    client('cn-hangzhou', { ...permanent, secretKey: 'wrong' }).describeRegions(request),
    code('SignatureDoesNotMatch'),
  );
  await assert.rejects(
    client('cn-hangzhou', { accessKey: 'nobody', secretKey: 'x' }).describeRegions(request),
    code('InvalidAccessKeyId.NotFound'),
  );
});
