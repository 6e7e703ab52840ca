// Lets gemmi's CIF reader (header only, with PEGTL) read a buffer, for comparison with CifDocument.Parse.
#include <gemmi/cif.hpp>
#include <gemmi/numb.hpp>

// Number of data blocks; -1 when gemmi refuses the file. With a sum, also adds up the atom coordinates.
extern "C" int gemmi_peer_read(const char* bytes, size_t length, double* sum) {
  try {
    gemmi::cif::Document document = gemmi::cif::read_memory(bytes, length, "memory");
    if (sum) {
      for (gemmi::cif::Block& block : document.blocks) {
        for (const char* tag : {"_atom_site_fract_x", "_atom_site_fract_y", "_atom_site_fract_z"}) {
          for (const std::string& value : block.find_values(tag))
            *sum += gemmi::cif::as_number(value, 0.0);
        }
      }
    }
    return static_cast<int>(document.blocks.size());
  } catch (const std::exception&) {
    return -1;
  }
}
