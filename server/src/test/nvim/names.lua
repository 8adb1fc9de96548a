-- Finds a model's name everywhere and renames it, as a user of docs/editors/neovim.md does. Each step adds
-- a line to the file that $DVT_RESULTS names.
local results = assert(io.open(os.getenv("DVT_RESULTS"), "w"))
local patience = 60000

local function step(name, passed, seen)
  results:write((passed and "ok " or "FAILED ") .. name)
  if not passed then
    results:write(": " .. vim.inspect(seen))
  end
  results:write("\n")
  results:flush()
end

local function found()
  return vim.tbl_map(function(place)
    local file = vim.fn.fnamemodify(vim.fn.bufname(place.bufnr), ":t")
    return ("%s %d:%d"):format(file, place.lnum, place.col)
  end, vim.fn.getqflist())
end

local function session()
  vim.cmd("edit models/report.py")
  local ready = vim.wait(patience, function()
    local client = (vim.lsp.get_clients or vim.lsp.get_active_clients)()[1]
    return client ~= nil and client.initialized == true
  end, 20)
  step("ready", ready)

  vim.api.nvim_win_set_cursor(0, { 2, 18 })
  vim.lsp.buf.references()
  vim.wait(patience, function()
    return #vim.fn.getqflist() > 0
  end, 20)
  local expected = { "last.sql 1:18", "models.yml 2:11", "orders.py 1:5", "report.py 2:18", "report.py 3:39" }
  step("references", vim.deep_equal(found(), expected), found())

  vim.cmd("cclose")
  vim.cmd("buffer models/report.py")
  vim.api.nvim_win_set_cursor(0, { 2, 18 })
  vim.lsp.buf.document_highlight()
  local group = vim.api.nvim_create_namespace(vim.fn.has("nvim-0.11") == 1 and "nvim.lsp.references" or "vim_lsp_references")
  local lit = vim.wait(patience, function()
    return #vim.api.nvim_buf_get_extmarks(0, group, 0, -1, {}) == 2
  end, 20)
  step("highlight", lit, vim.api.nvim_buf_get_extmarks(0, group, 0, -1, {}))

  vim.lsp.buf.rename("sales")
  local renamed = vim.wait(patience, function()
    return vim.fn.filereadable("models/sales.py") == 1
  end, 20)
  step("the model's file", renamed and vim.fn.filereadable("models/orders.py") == 0)
  vim.cmd("silent wall")
end

local passed, problem = pcall(session)
step("session", passed, problem)
vim.cmd("qall!")
