# Two addons over one library of kernels. `tensorflow_dir` is the folder with TensorFlow's `lib`; without it only the
# first is built. No file has instruction-set flags: kernels/isa/*_begin.h opens them function by function.
{
  'variables': {
    'tensorflow_dir%': '',
    'optimise': ['-O3', '-ffp-contract=off', '-fno-math-errno', '-fvisibility=hidden', '-Wno-maybe-uninitialized', '-Wno-psabi'],
  },
  'target_defaults': {
    'cflags_cc!': ['-fno-rtti'],
    'cflags_cc': ['-std=c++17', '<@(optimise)', '-fexceptions'],
    'cflags_cc+': ['-fexceptions'],
    'xcode_settings': {
      'CLANG_CXX_LANGUAGE_STANDARD': 'c++17',
      'GCC_OPTIMIZATION_LEVEL': '3',
      'GCC_ENABLE_CPP_EXCEPTIONS': 'YES',
      'OTHER_CPLUSPLUSFLAGS': ['-ffp-contract=off', '-fno-math-errno', '-fvisibility=hidden'],
      'MACOSX_DEPLOYMENT_TARGET': '11.0',
    },
    'msvs_settings': {
      'VCCLCompilerTool': { 'ExceptionHandling': 1, 'AdditionalOptions': ['/std:c++17', '/fp:precise'] },
    },
  },
  'targets': [
    {
      'target_name': 'kernels',
      'type': 'static_library',
      'cflags_cc!': ['-fno-exceptions'],
      'sources': [
        'kernels/bits/transpose_b1.cpp',
        'kernels/core/isa.cpp',
        'kernels/core/kernel_table.cpp',
        'kernels/core/scratch.cpp',
        'kernels/core/thread_pool.cpp',
        'kernels/isa/scalar.cpp',
        'kernels/isa/avx2.cpp',
        'kernels/isa/avx512.cpp',
        'kernels/isa/neon.cpp',
        'kernels/operations/average_pool.cpp',
        'kernels/operations/batch_norm.cpp',
        'kernels/operations/binary_filters.cpp',
        'kernels/operations/bit_image.cpp',
        'kernels/operations/block_sums.cpp',
        'kernels/operations/conv_b1_forward.cpp',
        'kernels/operations/conv_b1_input_gradient.cpp',
        'kernels/operations/conv_b1_weight_gradient.cpp',
        'kernels/operations/conv_f32_forward.cpp',
        'kernels/operations/conv_f32_gradients.cpp',
        'kernels/operations/conv_grouped.cpp',
        'kernels/operations/conv_narrow.cpp',
        'kernels/operations/elementwise.cpp',
        'kernels/operations/float_image.cpp',
        'kernels/operations/max_pool.cpp',
        'kernels/operations/peak.cpp',
        'kernels/operations/rectifier.cpp',
        'kernels/operations/weight_panels.cpp',
        'kernels/plan/bit_stages.cpp',
        'kernels/plan/convolution_stages.cpp',
        'kernels/plan/float_stages.cpp',
        'kernels/plan/plan.cpp',
      ],
    },
    {
      'target_name': 'signum_kernels',
      'dependencies': ['kernels'],
      'cflags_cc!': ['-fno-exceptions'],
      'defines': ['NAPI_VERSION=8', 'NODE_ADDON_API_CPP_EXCEPTIONS'],
      'include_dirs': ['../../node_modules/node-addon-api'],
      'sources': [
        'node/addon.cpp',
        'node/arguments.cpp',
        'node/convolutions.cpp',
        'node/elementwise.cpp',
        'node/normalisations.cpp',
        'node/peak.cpp',
        'node/plan.cpp',
        'node/pooling.cpp',
        'node/rectifiers.cpp',
        'node/settings.cpp',
      ],
    },
  ],
  'conditions': [
    ['tensorflow_dir != "" and OS != "win"', {
      'targets': [
        {
          'target_name': 'signum_tensorflow',
          'dependencies': ['kernels'],
          'cflags_cc!': ['-fno-exceptions'],
          'defines': ['NAPI_VERSION=8', 'NODE_ADDON_API_CPP_EXCEPTIONS'],
          'include_dirs': ['../../node_modules/node-addon-api'],
          'sources': [
            'node/settings.cpp',
            'tensorflow/addon.cpp',
            'tensorflow/call.cpp',
            'tensorflow/convolutions.cpp',
            'tensorflow/elementwise.cpp',
            'tensorflow/geometry.cpp',
            'tensorflow/normalisations.cpp',
            'tensorflow/operation.cpp',
            'tensorflow/rectifiers.cpp',
          ],
          # tfjs-node has loaded these libraries before this addon is; the loader takes those.
          'conditions': [
            ['OS == "linux"', {
              'libraries': ['-L<(tensorflow_dir)/lib', '-Wl,-rpath,<(tensorflow_dir)/lib', '-ltensorflow', '-ltensorflow_framework'],
            }],
            ['OS == "mac"', {
              'libraries': [
                '<(tensorflow_dir)/lib/libtensorflow.2.dylib',
                '<(tensorflow_dir)/lib/libtensorflow_framework.2.dylib',
                '-Wl,-rpath,<(tensorflow_dir)/lib',
              ],
            }],
          ],
        },
      ],
    }],
  ],
}
