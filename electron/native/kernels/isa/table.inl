// The table of one instruction set; the names are those of the namespace that includes this.

extern const KernelTable table;
const KernelTable table = {
    kIsa,
    pack_b1_f32,
    threshold_b1_f32,
    gemm_b1_panel_bytes,
    gemm_b1_pack,
    gemm_b1,
    lookup_build_f32,
    lookup_sum_f32,
    kGemmVectors* kLanes,
    kGemmRows,
    gemm_f32,
    moments_f32,
    column_sums_f32,
    affine_f32,
    affine_pool_f32,
    affine_gradient_sums_f32,
    affine_gradient_f32,
    affine_pool_gradient_f32,
    tanh_f32,
    tanh_gradient_f32,
    cancel_f32,
    adam_f32,
    transpose_f32,
};
