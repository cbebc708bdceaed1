"""The Triton engine: fused kernels on the GPU. Importing this package doesn't load triton."""
